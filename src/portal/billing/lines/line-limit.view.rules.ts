import type { LineOverview } from '../../../limits/line-overview.queries.ts';
import type { FactView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { limitFacts } from '../../line-limits.view.rules.ts';
import { lineHref } from './line-words.rules.ts';

interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export interface LineLimitView extends PageView, HeadView {
  readonly facts: readonly FactView[];
  readonly action: string;
  readonly amount: FormField & {
    readonly value: string;
    readonly inputmode: string;
    readonly suffix: string;
    readonly isShort: true;
  };
  /** Undefined without a limit to remove. */
  readonly remove: { readonly action: string; readonly label: string } | undefined;
  readonly label: string;
  readonly back: string;
}

/** Sets the support centre's limit of a line, beside the limits that hold already. */
export function lineLimitView({ lineId, limits }: LineOverview, frame: ViewFrame): LineLimitView {
  const { t } = frame;
  return {
    title: t('billing.line-limit.title', { line: lineId }),
    lead: t('billing.line-limit.lead'),
    crumbs: [
      { href: '/billing/lines', label: t('billing.lines.title') },
      { href: lineHref(lineId), label: lineId },
    ],
    facts: limits ? limitFacts(limits, frame) : [],
    action: `${lineHref(lineId)}/limit`,
    amount: {
      name: 'amount',
      label: t('billing.line-limit.amount'),
      hint: t('billing.line-limit.hint'),
      value: limits?.supportMinor == null ? '' : String(limits.supportMinor),
      inputmode: 'numeric',
      suffix: t('billing.line-limit.unit'),
      isShort: true,
    },
    remove:
      limits?.supportMinor == null
        ? undefined
        : { action: `${lineHref(lineId)}/limit/remove`, label: t('billing.line-limit.remove') },
    label: t('billing.line-limit.save'),
    back: lineHref(lineId),
  };
}
