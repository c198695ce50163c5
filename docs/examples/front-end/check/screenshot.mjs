// Paint the page of the seed's crisis for the documentation: three key figures, the comparison, the timeline's head.
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-gpu"] });
try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: "light" });
    await page.goto(`${process.env.FRONT_END_SITE}/index.html?api=${process.env.FRONT_END_API}`);
    await page.locator("#timeline li").nth(2).waitFor();
    await page.locator("#figures .card").nth(5).waitFor();
    await page.addStyleTag({ content: "#figures li:nth-child(n + 4), #figures .more { display: none; }" });
    const { y, height } = await page.locator("#timeline li").first().boundingBox();
    await page.screenshot({
        path: process.argv[2],
        clip: { x: 0, y: 0, width: 1200, height: y + height },
        fullPage: true,
    });
} finally {
    await browser.close();
}
