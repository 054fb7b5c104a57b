import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ReceivedMail } from '../../support/smtp-receiver.ts';
import { textOf } from './stage.ts';

/** The page has this heading, needs no more width than it has, and shows these texts. */
export async function assertPage(page: Page, heading: string, ...texts: readonly string[]): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await assertShown(page, ...texts);
  const width = await page.evaluate('document.documentElement.scrollWidth');
  assert.equal(width, page.viewportSize()?.width, `${heading}: no horizontal scroll`);
}

/** The page shows these texts. */
export async function assertShown(page: Page, ...texts: readonly string[]): Promise<void> {
  const shown = await textOf(page);
  for (const text of texts) assert.ok(shown.includes(text), `“${text}” in: ${shown}`);
}

/** The page shows none of these texts. */
export async function assertHidden(page: Page, ...texts: readonly string[]): Promise<void> {
  const shown = await textOf(page);
  for (const text of texts) assert.ok(!shown.includes(text), `no “${text}” in: ${shown}`);
}

/** A mail says these texts, in its plain part and in the other one. */
export function assertMail({ parsed }: ReceivedMail, ...texts: readonly string[]): void {
  for (const text of texts) {
    assert.ok(parsed.text?.includes(text), `“${text}” in: ${parsed.text}`);
    assert.ok(parsed.html?.includes(text), `“${text}” in the HTML of ${parsed.subject}`);
  }
}
