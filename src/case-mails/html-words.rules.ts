/** What follows is not read: a mail has its words at its beginning. */
const MAX_HTML = 200_000;
/** Elements whose content is not text. */
const UNREAD = ['script', 'style', 'head', 'title'] as const;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a mail in HTML alone, in lines. Every step takes time in proportion to the length, whatever is in it. */
export function wordsOfHtml(html: string): string {
  let text = html.slice(0, MAX_HTML);
  for (const element of UNREAD) text = withoutElement(text, element);
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => decode(name) ?? whole);
}

function withoutElement(html: string, element: string): string {
  const lower = html.toLowerCase();
  const kept: string[] = [];
  let at = 0;
  for (let start = lower.indexOf(`<${element}`); start !== -1; start = lower.indexOf(`<${element}`, at)) {
    kept.push(html.slice(at, start));
    const end = lower.indexOf(`</${element}`, start);
    if (end === -1) return kept.join('');
    at = end + 2 + element.length;
  }
  // What is left of an end tag is removed with the other tags.
  return kept.map((part) => `${part}<`).join('') + html.slice(at);
}

function decode(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const isHex = name[1]?.toLowerCase() === 'x';
  const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
}
