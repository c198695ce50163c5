// One client for the whole page, and what to do when it does not get an answer.
import createClient from "openapi-fetch";
import type { paths } from "./onrecord.js";
import type { Links, Problem } from "./records.js";

/** Where the API is. `?api=http://…` in the page's address names another; a page in production has the constant alone. */
export const BASE = new URL(new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000").origin;

export const api = createClient<paths>({
    baseUrl: BASE,
    // A list in a parameter is one comma list: measure=people_killed,people_injured.
    querySerializer: { array: { style: "form", explode: false } },
});

/** No answer, and why: a problem of the API (RFC 9457), or null when nobody answered as the API does. */
export class Failure extends Error {
    readonly problem: Problem | null;
    readonly seconds: number | null;

    constructor(problem: Problem | null, seconds: number | null = null) {
        super(problem?.detail ?? "The API cannot be reached.");
        this.problem = problem;
        this.seconds = seconds;
    }
}

interface Result<T> {
    data?: T;
    error?: unknown;
    response: Response;
}

/** Return what a request brings; throws Failure, so that every caller shows failures in one way. */
export async function answer<T>(request: Promise<Result<T>>): Promise<T> {
    let result: Result<T>;
    try {
        result = await request;
    } catch (error) {
        // fetch and the JSON parser throw these; anything else is a mistake of ours and must not be hidden.
        if (error instanceof TypeError || error instanceof SyntaxError) throw new Failure(null);
        throw error;
    }
    if (result.data !== undefined) return result.data;
    const seconds = Number.parseInt(result.response.headers.get("Retry-After") ?? "", 10);
    throw new Failure(isProblem(result.error) ? result.error : null, Number.isNaN(seconds) ? null : seconds);
}

// Something between here and the API, such as a proxy, may answer in its own way.
function isProblem(value: unknown): value is Problem {
    return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}

/** Return the cursor of the next page, or undefined on the last one. */
export function nextCursor(links: Links): string | undefined {
    if (links.next === null) return undefined;
    return new URL(links.next, BASE).searchParams.get("cursor") ?? undefined;
}
