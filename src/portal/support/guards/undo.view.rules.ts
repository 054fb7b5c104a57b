import type { SafeguardRow } from '../../../safeguards/safeguard.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { reasonInputs } from '../acts/reason.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import { settingText, undoHref, whomText } from './guard-words.rules.ts';
import type { LoadedGuards } from './load-guards.ts';

/** What would be taken back, and what stays instead. */
export function undoView(
  { row, ...loaded }: LoadedGuards & { readonly row: SafeguardRow },
  frame: ViewFrame,
): SectionsView {
  const { t, format } = frame;
  const { lineId } = loaded.line;
  return {
    title: t('support.guards.undo'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: lineHref(lineId), label: lineId },
    ],
    sections: [],
    confirm: {
      title: t('support.guards.undo-question'),
      texts: [t('support.guards.undo-effect')],
      facts: [
        { label: t('support.guards.whom'), text: whomText(row, loaded, frame) },
        { label: t('support.guards.planned'), text: settingText(row, loaded, frame) },
        {
          label: t('support.guards.since'),
          text: t('support.guards.from-date', { date: format.date(row.validFrom) }),
        },
      ],
      fields: reasonInputs(frame),
      formName: 'support.undo-guard-form',
      action: undoHref(lineId, row.version),
      label: t('support.guards.undo'),
      back: lineHref(lineId),
    },
  };
}
