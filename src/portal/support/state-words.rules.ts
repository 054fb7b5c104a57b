import type { CaseState } from '../../cases/case.rules.ts';
import type { FoundCharge, FoundTenure } from '../../support-search/found.types.ts';
import type { BadgeView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';

const CHARGE_TONES = {
  pending: 'plain',
  authorized: 'warn',
  captured: 'good',
  cancelled: 'plain',
  expired: 'plain',
} as const satisfies Record<FoundCharge['state'], BadgeView['tone']>;

/** The state of a charge in words. */
export function chargeBadge(state: FoundCharge['state'], { t }: ViewFrame): BadgeView {
  return { tone: CHARGE_TONES[state], text: t(`support.charge.state.${state}`) };
}

const CASE_TONES = {
  open: 'bad',
  'in-progress': 'warn',
  'waiting-subscriber': 'plain',
  'waiting-company': 'plain',
  closed: 'good',
} as const satisfies Record<CaseState, BadgeView['tone']>;

/** The state of a case in words. */
export function caseBadge(state: CaseState, { t }: ViewFrame): BadgeView {
  return { tone: CASE_TONES[state], text: t(`support.case.state.${state}`) };
}

const LINE_TONES = { active: 'good', suspended: 'warn', closed: 'plain' } as const;

/** Whether a tenure is today's, and the state of its line if so. */
export function holdsBadge(
  { validTo, status }: Pick<FoundTenure, 'validTo' | 'status'>,
  { t, format }: ViewFrame,
): BadgeView {
  if (validTo !== null)
    return { tone: 'plain', text: t('support.line.held-until', { date: format.date(validTo) }) };
  return lineBadge(status, { t });
}

/** The state of a line in words. */
export function lineBadge(status: FoundTenure['status'], { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: LINE_TONES[status], text: t(`support.line.status.${status}`) };
}
