import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDE = { width: 1_280, height: 800 };
const PHONE = { width: 375, height: 812 };
/** Rules whose answer depends on how wide the page is: the others have read the same elements at the first width. */
const LAYOUT_RULES = ['target-size', 'scrollable-region-focusable', 'link-in-text-block'];

/** The document of a browser, for the compiler. */
interface Root {
  readonly documentElement: { scrollWidth: number; clientWidth: number; style: { fontSize: string } };
}

interface AxeWindow {
  readonly document: Root;
  readonly axe: {
    run(
      root: unknown,
      options: object,
    ): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }>;
  };
}

/** Loads the rules into a page that is open. */
export async function loadRules(page: Page): Promise<void> {
  await page.evaluate(axe);
}

/** What the rules find, as text; of the rules named only, if any are. */
export async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: RULES };
  return page.evaluate(async (only) => {
    const { axe: run, document } = globalThis as unknown as AxeWindow;
    const { violations } = await run.run(document, {
      runOnly: only,
      resultTypes: ['violations'],
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary.split('\n')[1] ?? ''}`,
        ),
    );
  }, runOnly);
}

/** Whether the page is wider than its window. */
const isTooWide = (page: Page) =>
  page.evaluate(() => {
    const { documentElement } = (globalThis as unknown as AxeWindow).document;
    return documentElement.scrollWidth > documentElement.clientWidth;
  });

interface Examination {
  /** By the rules too, in light and dark: they read elements and colours, which no language changes. */
  readonly byRules: boolean;
  /** Called at each width before anything is changed: for pictures. */
  readonly look?: (width: number) => Promise<void>;
}

/** Everything that is wrong with a page at both widths, with large text, and in the dark. */
export async function examinePage(
  page: Page,
  address: string,
  { byRules, look }: Examination,
): Promise<string[]> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(address);
  await look?.(WIDE.width);
  const found: string[] = [];
  if ((await page.title()).length < 3) found.push('no title');
  if ((await page.locator('h1').count()) !== 1) found.push('not one h1');
  if (byRules) {
    await loadRules(page);
    found.push(...(await findViolations(page)));
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await findViolations(page, ['color-contrast'])).map((text) => `dark: ${text}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(PHONE);
  await look?.(PHONE.width);
  if (await isTooWide(page)) found.push('scrolls sideways on a phone');
  if (byRules) found.push(...(await findViolations(page, LAYOUT_RULES)).map((text) => `phone: ${text}`));
  await page.evaluate(() => {
    (globalThis as unknown as AxeWindow).document.documentElement.style.fontSize = '200%';
  });
  if (await isTooWide(page)) found.push('scrolls sideways with large text');
  return found;
}
