import { REVEAL_MINUTES, revealReasons } from '../../../personal-data/reveal.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { lineHref } from '../support-links.rules.ts';

export const revealHref = (lineId: string, holderFrom: string): string =>
  `/support/lines/${lineId}/tenures/${holderFrom}/personal-data`;

interface Asked {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** Asks for the reason before personal data is shown. */
export function revealView({ lineId, holderFrom }: Asked, { t }: ViewFrame): SectionsView {
  const back = lineHref(lineId, holderFrom);
  return {
    title: t('support.reveal.title'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: back, label: lineId },
    ],
    sections: [],
    confirm: {
      title: t('support.reveal.why'),
      texts: [t('support.reveal.text', { minutes: REVEAL_MINUTES })],
      fields: [
        {
          name: 'reason',
          label: t('support.reveal.reason'),
          options: revealReasons.map((value) => ({ value, label: t(`support.reveal.reason.${value}`) })),
        },
        {
          name: 'note',
          label: t('support.reveal.note'),
          hint: t('support.reveal.note-hint'),
          isOptional: true,
        },
      ],
      formName: 'support.reveal-form',
      action: revealHref(lineId, holderFrom),
      label: t('support.reveal.show'),
      back,
    },
  };
}
