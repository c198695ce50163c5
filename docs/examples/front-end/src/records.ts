// The shapes that the pages read, by name. They come from the contract: `npm run types` makes
// onrecord.d.ts of docs/openapi.json, and nothing is written down twice.
import type { components } from "./onrecord.js";

type Schemas = components["schemas"];

export type Figure = Schemas["Figure"];
export type Quantifier = Schemas["Quantifier"];
export type Claim = Schemas["Claim"];
export type Crisis = Schemas["Crisis"];
export type Report = Schemas["ReportCard"];
export type Comparison = Schemas["Comparison"];
export type Row = Schemas["ComparisonRow"];
export type Near = Schemas["NearFigure"];
export type Spread = Schemas["Spread"];
export type Mark = Schemas["SpreadMark"];
export type Attribution = Schemas["Attribution"];
export type Hop = Schemas["Hop"];
export type Appearance = Schemas["Appearance"];
export type Segment = Schemas["TextSegment"];
export type UncertainDate = Schemas["UncertainDate"];
export type Vocabulary = Schemas["Vocabulary"];
export type Links = Schemas["Links"];
export type Problem = Schemas["Problem"];
