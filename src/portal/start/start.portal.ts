import type { Config } from '../../../config/config.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { definePortal, type Portal } from '../kit/define-portal.ts';
import { template } from '../kit/template.ts';

interface StartView extends PageView {
  readonly carrierName: string;
  readonly address: string;
}

/** The start page: who runs the site, and links for its visitors. */
export function startPortal({ carrier }: Pick<Config, 'carrier'>): Portal {
  const startPage = definePage({
    name: 'start',
    path: '/',
    audience: 'public',
    load: () => carrier,
    view: ({ name, nameEn, address }, { t, language }): StartView => ({
      title: t('start.title'),
      carrierName: language === 'ja' ? name : nameEn,
      address,
    }),
    template: template<StartView>('start'),
  });
  return definePortal({
    name: 'start',
    listener: 'public',
    audience: 'public',
    tagline: 'page.service',
    foot: 'page.foot-start',
    home: '/',
    pages: [startPage],
  });
}
