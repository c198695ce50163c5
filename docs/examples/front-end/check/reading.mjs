// What axe finds wrong with a page for those who read it by ear, by keys, or with weak eyes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

/** Return what is wrong, as rule and elements; WCAG 2.2 AA and axe's best practices. */
export async function violations(page, context = {}) {
    await page.evaluate(AXE);
    const { violations: found } = await page.evaluate(
        (where) => globalThis.axe.run({ include: [["html"]], ...where }),
        context,
    );
    return found.map(({ id, nodes }) => {
        const elements = nodes.slice(0, 3).map((node) => node.html.slice(0, 200));
        return `${id}: ${elements.join(" ")}`;
    });
}
