import { MAX_NOTICES } from '../../safeguards/set-spending-notices.ts';
import type { SafeguardsOfLine } from '../../safeguards/safeguards-of-line.queries.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { CrumbView } from './my-parts.rules.ts';

/** Fields for amounts, as the form names them. */
export const amountNames = ['amount1', 'amount2', 'amount3', 'amount4', 'amount5'] as const satisfies {
  readonly length: typeof MAX_NOTICES;
};

export interface NoticesView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly noAddress: string | undefined;
  readonly fields: readonly object[];
  readonly every: object;
}

/** The amounts at which the holder hears by mail, and whether at every purchase. */
export function noticesView(
  { notices, hasAddress }: SafeguardsOfLine,
  { t, format }: ViewFrame,
): NoticesView {
  return {
    title: t('my.notices.title'),
    crumbs: [{ href: '/my/limits', label: t('my.limits.title') }],
    lead: t('my.notices.lead'),
    noAddress: hasAddress ? undefined : t('my.limits.no-address'),
    fields: amountNames.map((name, index) => {
      const amount = notices.amounts[index];
      return {
        name,
        label: t('my.notices.amount', { n: index + 1 }),
        value: amount === undefined ? '' : format.count(amount),
        inputmode: 'numeric',
        autocomplete: 'off',
        maxlength: 20,
        isShort: true,
      };
    }),
    every: {
      name: 'every',
      label: t('my.notices.every'),
      hint: t('my.notices.every-hint'),
      isChecked: notices.everyPurchase,
    },
  };
}
