import { getGuide, listGuides, type Guide, type GuideTitle } from '../../../support-guides/guides.ts';
import type { EmptyView, HeadView, RowView } from '../../kit/component.types.ts';
import { definePage, type PageView } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { guideHref } from '../support-links.rules.ts';

interface GuidesView extends PageView, HeadView {
  readonly rows: readonly RowView[];
  readonly empty: EmptyView;
}

export const guidesPage = definePage({
  name: 'support.guides',
  path: '/support/guides',
  permission: 'support-desk:read',
  nav: navIn('guides', 'support.guides.nav'),
  load: (deps, { actor, visit: { language } }) => listGuides(deps, actor, language),
  view: (guides: readonly GuideTitle[], { t }): GuidesView => ({
    title: t('support.guides.title'),
    lead: t('support.guides.lead'),
    rows: guides.map(({ code, title }) => ({ href: guideHref(code), title, notes: [] })),
    empty: { title: t('support.guides.none'), text: t('support.guides.none-text') },
  }),
  template: template<GuidesView>('support/guides'),
});

interface GuideView extends PageView, HeadView {
  readonly html: string;
}

export const guidePage = definePage({
  name: 'support.guide',
  path: '/support/guides/:guide',
  permission: 'support-desk:read',
  load: (deps, { actor, params, visit: { language } }) =>
    getGuide(deps, actor, { code: params['guide'] ?? '', language }),
  view: ({ title, html }: Guide, { t }): GuideView => ({
    title,
    crumbs: [{ href: '/support/guides', label: t('support.guides.title') }],
    html,
  }),
  template: template<GuideView>('support/guide'),
});
