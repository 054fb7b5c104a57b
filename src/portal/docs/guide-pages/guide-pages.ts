import type { Config } from '../../../../config/config.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage, type AnyPage, type PageView } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import type { viewDocs } from '../docs-view.ts';
import { isGuideCode } from './guide-list.ts';
import { loadGuides, type Guide } from './load-guides.ts';
import { searchIndex } from './search-index.ts';
import { MAX_FOUND, MAX_WORDS, searchDocs, type Found } from './search.rules.ts';

type References = Readonly<Record<'ja' | 'en', ReturnType<typeof viewDocs>>>;

interface GuideLink {
  readonly title: string;
  readonly lead: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

type GuideList = PageView & { readonly guides: readonly GuideLink[] };
type GuidePage = GuideList & {
  readonly html: string;
  readonly sections: Guide['sections'];
  readonly previous: GuideLink | undefined;
  readonly next: GuideLink | undefined;
};
type SearchPage = PageView & {
  readonly words: string;
  readonly count: string;
  readonly found: readonly Found[];
};

/** The guides, and the search over everything that developers read. None of it changes while the process runs. */
export function guidePages(config: Config, references: References): AnyPage[] {
  const { publicOrigin: origin } = config;
  const guides = { ja: loadGuides('ja', origin), en: loadGuides('en', origin) };
  const indexes = {
    ja: searchIndex(references.ja, guides.ja, 'ja'),
    en: searchIndex(references.en, guides.en, 'en'),
  };
  return [
    definePage({
      name: 'docs.guides',
      path: '/docs/guides',
      audience: 'public',
      nav: { label: 'docs.tab-guides', order: 5 },
      load: () => guides,
      view: (all, { language, t }): GuideList => ({
        title: t('docs.guides-title'),
        guides: linksOf(all[language]),
      }),
      template: template<GuideList>('docs/guides'),
    }),
    definePage({
      name: 'docs.guide',
      path: '/docs/guides/:guide',
      audience: 'public',
      load: (_, { params }) => {
        const { guide = '' } = params;
        if (!isGuideCode(guide)) throw new Problem('not-found');
        return guide;
      },
      view: (code, { language }): GuidePage => viewGuide(guides[language], code),
      template: template<GuidePage>('docs/guide'),
    }),
    definePage({
      name: 'docs.search',
      path: '/docs/search',
      // No page of the navigation is the one that it belongs to.
      under: '/docs/search',
      audience: 'public',
      query: {
        type: 'object',
        properties: { q: { type: 'string', maxLength: MAX_WORDS, default: '' } },
        required: ['q'],
        additionalProperties: false,
      },
      load: (_, { query }) => query.q.trim(),
      view: (words, { language, t }): SearchPage => {
        const found = searchDocs(indexes[language], words);
        const title = words === '' ? t('docs.search') : t('docs.search-title', { words });
        return { title, words, found, count: `${found.length}${found.length === MAX_FOUND ? '+' : ''}` };
      },
      template: template<SearchPage>('docs/search'),
    }),
  ];
}

function linksOf(guides: readonly Guide[], current?: string): GuideLink[] {
  return guides.map(({ code, title, lead, href }) => ({ title, lead, href, isCurrent: code === current }));
}

function viewGuide(guides: readonly Guide[], code: string): GuidePage {
  const at = guides.findIndex((one) => one.code === code);
  const { title, html, sections } = guides[at]!;
  const links = linksOf(guides, code);
  return { title, html, sections, guides: links, previous: links[at - 1], next: links[at + 1] };
}
