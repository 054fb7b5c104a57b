import { revealPersonalData } from '../../../personal-data/reveal-personal-data.ts';
import { revealReasons } from '../../../personal-data/reveal.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, optional, textField } from '../../kit/form-fields.ts';
import { lineHref } from '../support-links.rules.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { revealPage } from './reveal.pages.ts';

/** Shows the personal data of a tenure to who asks, for a while, and records it. */
export const revealForm = defineForm({
  name: 'support.reveal-form',
  path: '/support/lines/:line/tenures/:tenure/personal-data',
  permission: 'personal-data:reveal',
  fields: {
    reason: choiceField('support.reveal.reason', revealReasons),
    note: optional(textField({ label: 'support.reveal.note', maxLength: 200 })),
  },
  submit: async (deps, { actor, params, input: { reason, note } }) => {
    const lineId = requireLineId(params['line']);
    const { tenure = '' } = params;
    await revealPersonalData(deps, actor, { lineId, holderFrom: tenure, reason, note });
    return { lineId, tenure };
  },
  done: ({ lineId, tenure }) => ({ to: lineHref(lineId, tenure), flash: 'support.reveal.done' }),
  page: revealPage,
});
