import { Marked, type Tokens } from 'marked';
import { escapeHtml } from '../shared/html.rules.ts';

/** Pages of our own, and secure addresses elsewhere. */
const SAFE_LINK = /^(?:\/(?!\/)|https:\/\/)/;

/** Headings of a guide stand under that of its page, tags are shown as text, and pictures are their description. */
const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
    image: ({ text }: Tokens.Image) => escapeHtml(text),
    heading({ tokens, depth }: Tokens.Heading) {
      const level = Math.min(depth + 1, 6);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    link({ href, tokens }: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      return SAFE_LINK.test(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
    },
  },
});

const TITLE = /^\uFEFF?#[ \t]+(?<title>[^\n]+)\n?/;

/** The title of a guide, its first heading, and the HTML of the rest. A file without a heading is named by its code. */
export function renderGuide(
  markdown: string,
  code: string,
): { readonly title: string; readonly html: string } {
  const text = markdown.replaceAll('\r\n', '\n');
  const title = TITLE.exec(text)?.groups?.['title']?.trim();
  const html = marked.parse(title === undefined ? text : text.replace(TITLE, ''), { async: false });
  return { title: title ?? code, html };
}
