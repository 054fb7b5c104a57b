import { problems, type ProblemCode } from '../../../shared/problem.ts';
import type { Locale } from '../../../shared/money.ts';
import { renderPart } from '../../kit/page.ts';
import { translator } from '../../messages/translate.ts';
import type { viewDocs } from '../docs-view.ts';
import { problemGuides } from '../guides/problem-guides.ts';
import { problemTitle } from '../problem-view.rules.ts';
import type { Guide } from './load-guides.ts';
import type { Searched } from './search.rules.ts';

type Reference = ReturnType<typeof viewDocs>;

/** Everything the search looks through in one language: guides, the reference, objects and problems. */
export function searchIndex(
  reference: Reference,
  guides: readonly Guide[],
  language: Locale,
): readonly Searched[] {
  const t = translator(language);
  const ofGuides = guides.flatMap(({ title, lead, href, sections }) => [
    { title, context: t('docs.tab-guides'), href, text: lead },
    ...sections.map((section) => ({
      title: section.title,
      context: title,
      href: `${href}#${section.id}`,
      text: section.text,
    })),
  ]);
  const context = t('docs.tab-reference');
  const ofOperations = reference.groups.flatMap(({ operations }) =>
    operations.map(({ id, title, method, path, description, tables }) => {
      const fields = tables.flatMap(({ rows }) => rows.map(({ name, meaning }) => `${name} ${meaning}`));
      return {
        title,
        context,
        href: `/docs#${id}`,
        text: textOf([`${method} ${path} ${id}`, description, ...fields].join(' ')),
      };
    }),
  );
  const ofObjects = reference.objects.map(({ title, anchor, description, rows }) => ({
    title,
    context,
    href: `/docs#${anchor}`,
    text: textOf([description, ...rows.map(({ name, meaning }) => `${name} ${meaning}`)].join(' ')),
  }));
  const ofProblems = (Object.keys(problems) as ProblemCode[]).map((code) => {
    const { when, todo } = problemGuides[code];
    const text = `${code} ${problems[code].status} ${when[language]} ${todo[language]}`;
    return {
      title: problemTitle(code, language),
      context: t('docs.tab-problems'),
      href: `/problems/${code}`,
      text: text.replaceAll('`', ''),
    };
  });
  return [...ofGuides, ...sectionsOf(reference, language), ...ofOperations, ...ofObjects, ...ofProblems];
}

/** The sections above the operations, from the template that shows them. */
function sectionsOf(reference: Reference, language: Locale): Searched[] {
  const t = translator(language);
  const html = renderPart(`docs/guide-${language}`, { ...reference, t });
  return reference.guideSections.map((id) => {
    const [, after = ''] = html.split(`<h2 id="${id}">`);
    const [section = ''] = after.slice(after.indexOf('</h2>') + 5).split('</section>');
    return {
      title: t(`docs.section.${id}`),
      context: t('docs.tab-reference'),
      href: `/docs#${id}`,
      text: textOf(section),
    };
  });
}

const NAMED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** HTML of ours without its tags. */
function textOf(html: string): string {
  return html
    .replaceAll(/<pre>.*?<\/pre>/gs, ' ')
    .replaceAll(/<\/?(?:p|li|ul|ol|h\d|td|th|tr|table|div)\b[^>]*>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => NAMED[entity] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
