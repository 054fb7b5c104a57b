import type { HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';

export interface TodayView extends PageView, HeadView {}

/** The first page of the console. */
export function todayView({ today }: { readonly today: string }, { t, format }: ViewFrame): TodayView {
  return { title: t('billing.today.title'), lead: format.date(today) };
}
