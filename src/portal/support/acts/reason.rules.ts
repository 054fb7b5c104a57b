import { askers } from '../../../access/audit/act-reason.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { choiceField, textField } from '../../kit/form-fields.ts';

/** Who asked for an act and why: fields of each form that acts for somebody. */
export const reasonFields = {
  askedBy: choiceField('support.act.asked-by', askers),
  why: textField({ label: 'support.act.why', maxLength: 200 }),
};

/** The same on the page. */
export function reasonInputs({ t }: Pick<ViewFrame, 't'>): NonNullable<ConfirmView['fields']> {
  return [
    {
      name: 'askedBy',
      label: t('support.act.asked-by'),
      options: askers.map((value) => ({ value, label: t(`support.act.asked-by.${value}`) })),
    },
    { name: 'why', label: t('support.act.why'), hint: t('support.act.why-hint'), rows: 2 },
  ];
}
