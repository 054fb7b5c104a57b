/** A form of a page as a browser without scripts sees it. */
export interface PageForm {
  readonly action: string;
  /** What is filled in already: hidden fields and values the page remembers. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Finds the form whose action ends with `step` on a page of ours. Throws when there is none: the page shows something else. */
export function findForm(html: string, step: string): PageForm {
  for (const [, attributes = '', content = ''] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)) {
    const action = attributeOf(attributes, 'action');
    if (!action?.endsWith(`/${step}`)) continue;
    return { action, fields: readFields(content) };
  }
  throw new Error(`the page has no form to ${step}: ${headingsOf(html)}`);
}

function readFields(content: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, attributes = ''] of content.matchAll(/<input\b([^>]*)>/g)) {
    const name = attributeOf(attributes, 'name');
    if (name !== undefined) fields[name] = attributeOf(attributes, 'value') ?? '';
  }
  return fields;
}

function attributeOf(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : unescapeHtml(value);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (NAMED[name] ?? '') : String.fromCodePoint(Number(code)),
  );
}

/** The text of the page, for the error message. */
function headingsOf(html: string): string {
  const headings = [...html.matchAll(/<(?:h[123]|p class="notice-title")[^>]*>(.*?)</gs)];
  return headings.map(([, heading = '']) => heading.trim()).join(' / ') || 'no heading';
}
