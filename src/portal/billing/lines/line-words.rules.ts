import type { FoundLine } from '../../../lines/search-lines.queries.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

export const lineHref = (lineId: string): string => `/billing/lines/${lineId}`;

const TONES = { active: 'good', suspended: 'warn', closed: 'plain' } as const;

/** The state of a line in words. */
export function statusBadge(status: FoundLine['status'], { t }: ViewFrame): BadgeView {
  return { tone: TONES[status], text: t(`billing.lines.status.${status}`) };
}
