// How an answer of the API is shown to a person: as text nodes only, so that nothing in an answer is ever markup.
const QUANTIFIERS = {
  unqualified: "",
  approximately: "about ",
  just_under: "almost ",
  less_than: "less than ",
  at_most: "at most ",
  just_over: "just over ",
  more_than: "more than ",
  at_least: "at least ",
  between: "between ",
  order_of_magnitude: "in the order of ",
};
const ROLES = { originator: "Said by", relay: "Passed on by", publisher: "Published by", reporter: "Reported by" };

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const words = (code) => code.replaceAll("_", " ");
const number = (value) => value.toLocaleString("en");

// The source's own qualifier stays beside the number: "almost 100,000" is not 100,000.
function quantity(figure) {
  if (figure.quantifier === "between") return `between ${number(figure.lower)} and ${number(figure.upper)}`;
  const known = figure.value ?? figure.lower ?? figure.upper;
  const shown = figure.value === null && figure.lower !== null ? `${number(known)} or more` : number(known);
  return (QUANTIFIERS[figure.quantifier] ?? `${words(figure.quantifier)} `) + shown;
}

function hop(one) {
  const name = one.withheld ? "Kept back to protect them" : one.known ? one.label : `${one.label ?? "Somebody"} (not known)`;
  const place = [one.capacity, one.affiliation?.label].filter(Boolean).join(", ");
  const how = [
    one.on_behalf_of && `on behalf of ${one.on_behalf_of.label}`,
    one.medium && one.medium !== "unspecified" && `by ${words(one.medium)}`,
    one.addressee && `to ${one.addressee.label}`,
  ].filter(Boolean);
  return make(
    "li",
    one.known || one.withheld ? {} : { class: "unknown" },
    make("span", { class: "role" }, ROLES[one.role] ?? words(one.role)),
    make("strong", {}, name),
    place ? ` (${place})` : null,
    how.length ? make("span", { class: "quiet" }, ` ${how.join(", ")}`) : null,
  );
}

function search(answer) {
  if (!answer.data.length) return make("p", {}, "Nothing was found.");
  return make(
    "ol",
    {},
    ...answer.data.map((hit) =>
      make(
        "li",
        {},
        make("span", { class: "role" }, hit.type),
        ...hit.snippet.map((piece) => (piece.match ? make("mark", {}, piece.text) : piece.text)),
        hit.record.attribution ? make("div", { class: "quiet" }, hit.record.attribution.text) : null,
      ),
    ),
  );
}

function claim(answer) {
  const { statement, lang, attribution, hedge, figures, report } = answer.data;
  return make(
    "div",
    {},
    make("blockquote", { lang }, statement),
    hedge ? make("p", { class: "quiet" }, `Hedged by whoever said it: ${words(hedge.type)}.`) : null,
    figures.length ? make("p", {}, `Figures: ${figures.map((figure) => figure.text).join("; ")}.`) : null,
    make("p", {}, `${attribution.text} (${words(attribution.form)}; ${words(attribution.identification)}).`),
    make("h4", {}, "The chain, from who said it to the page"),
    make("ol", { class: "chain" }, ...attribution.chain.map(hop)),
    make("p", { class: "quiet" }, `In: ${report.title} (${report.publisher}, ${report.published.text}).`),
  );
}

function row(one) {
  const [figure] = one.figures;
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, one.voice.label),
    make("td", { class: "number" }, quantity(figure)),
    make("td", {}, figure.attribution.text, make("div", { class: "quiet" }, figure.reference_period?.text ?? "no date")),
    make("td", {}, words(one.independence), one.why ? make("div", { class: "quiet" }, one.why.text) : null),
  );
}

function table(one) {
  const { spread, spread_reason: reason } = one;
  const [low, high] = spread ? [spread.lowest[0].number, spread.highest[0].number].map(number) : [];
  return make(
    "div",
    {},
    make(
      "div",
      { class: "table", tabindex: "0", role: "group", "aria-label": "Comparison" },
      make(
        "table",
        {},
        make("caption", {}, `${one.measure.label}, ${one.place.name}`),
        make("thead", {}, make("tr", {}, ...["Voice", "Number", "Who said it, and of when", "Counted"].map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...one.rows.map(row)),
      ),
    ),
    make("p", {}, spread ? `Lowest ${low}, highest ${high}. ${spread.text}` : reason.text),
    one.near.length
      ? make("p", { class: "quiet" }, `Beside it, not compared: ${one.near.map((near) => `${near.figure.text}, ${near.figure.attribution.short} (differs in ${near.differs.map(words).join(", ")})`).join("; ")}.`)
      : null,
  );
}

function comparison(answer) {
  if (!answer.data.length) return make("p", {}, "There is nothing to compare.");
  return make("div", {}, ...answer.data.map(table));
}

function problem(answer) {
  return make("p", { class: "fault" }, `${answer.status} ${answer.title}: ${answer.detail}.`);
}

globalThis.onrecord = { make, show: { search, claim, comparison }, problem };
