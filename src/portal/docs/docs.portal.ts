import type { Config } from '../../../config/config.ts';
import type { Locale } from '../../shared/money.ts';
import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { definePortal, type Portal } from '../kit/define-portal.ts';
import { template } from '../kit/template.ts';
import { viewDocs } from './docs-view.ts';
import { guidePages } from './guide-pages/guide-pages.ts';
import { isProblemCode, viewProblem, viewProblemGroups } from './problem-view.rules.ts';

const CODE = /^[a-z][a-z-]{0,63}$/;

type Reference = PageView & ReturnType<typeof viewDocs>;
type ProblemList = PageView & { readonly groups: ReturnType<typeof viewProblemGroups> };
type ProblemGuide = PageView & (ReturnType<typeof viewProblem> | { readonly unknownCode: string });

/** The pages for developers: guides, the API reference, a search, and a page for each problem, which is the address in its `type`. */
export function docsPortal(config: Config, endpoints: readonly AnyEndpoint[]): Portal {
  const references = { ja: viewDocs(config, endpoints, 'ja'), en: viewDocs(config, endpoints, 'en') };
  return definePortal({
    name: 'docs',
    listener: 'public',
    audience: 'public',
    tagline: 'page.developers',
    foot: 'page.foot-developers',
    home: '/',
    pages: [
      referencePage(references),
      ...guidePages(config, references),
      problemsPage(),
      problemPage(endpoints),
    ],
  });
}

/** The reference does not change while the process runs. */
function referencePage(docs: Readonly<Record<Locale, ReturnType<typeof viewDocs>>>) {
  return definePage({
    name: 'docs.reference',
    path: '/docs',
    audience: 'public',
    nav: { label: 'docs.tab-reference', order: 10 },
    load: () => docs,
    view: (all, { language, t }): Reference => ({ title: t('docs.title'), ...all[language] }),
    template: template<Reference>('docs'),
  });
}

function problemsPage() {
  return definePage({
    name: 'docs.problems',
    path: '/problems',
    audience: 'public',
    nav: { label: 'docs.tab-problems', order: 20 },
    load: () => undefined,
    view: (_, { language, t }): ProblemList => ({
      title: t('problems.title'),
      groups: viewProblemGroups(language),
    }),
    template: template<ProblemList>('problems'),
  });
}

function problemPage(endpoints: readonly AnyEndpoint[]) {
  return definePage({
    name: 'docs.problem',
    path: '/problems/:code',
    audience: 'public',
    load: (_, { params }) => params['code'] ?? '',
    view: (code, { language, t }): ProblemGuide =>
      isProblemCode(code)
        ? viewProblem(code, language, endpoints)
        : unknownProblem(code, t('problems.unknown-title')),
    template: template<ProblemGuide>('problem-code'),
  });
}

/** A link to a problem can be old, truncated or mistyped. Text from the address is shown only if it could be a code. */
function unknownProblem(code: string, title: string): ProblemGuide {
  return { title, responseStatus: 404, unknownCode: CODE.test(code) ? code : '' };
}
