import { requestableJobs } from '../../../runs/job-names.ts';
import type { Nights } from '../../../runs/nights.queries.ts';
import type { ConfirmView, FactView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import type { BannerView } from './request.view.rules.ts';

interface Loaded {
  readonly chosen: { readonly job?: string | undefined; readonly date?: string | undefined };
  readonly nights: Nights;
  readonly hasTimetable: boolean;
}

export interface StartRunView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly facts: readonly FactView[];
  readonly fields: readonly (NonNullable<ConfirmView['fields']>[number] & {
    readonly value?: string;
    readonly type?: string;
    readonly options?: readonly { readonly value: string; readonly label: string }[];
  })[];
}

/** Nights that are named; of more, how many. */
const MAX_NAMED = 3;

function nameNights(dates: readonly string[], { t, format }: ViewFrame): string {
  const named = dates.slice(0, MAX_NAMED).map((date) => format.date(date));
  const more = dates.length - named.length;
  const rest = more > 0 ? [t('billing.start.more', { count: format.count(more) })] : [];
  return [...named, ...rest].join(t('billing.and'));
}

/** Asks which job is to run for which date, and says what is out of order. */
export function startRunView({ chosen, nights, hasTimetable }: Loaded, frame: ViewFrame): StartRunView {
  const { t, format } = frame;
  const date = chosen.date ?? nights.due[0] ?? nights.last;
  const older = nights.due.filter((due) => due < date);
  return {
    title: t('billing.start.title'),
    lead: t('billing.start.lead'),
    crumbs: [{ href: '/billing/runs', label: t('billing.runs.title') }],
    banners: [
      ...(older.length === 0
        ? []
        : [{ tone: 'warn' as const, text: t('billing.start.older', { date: format.date(older[0]!) }) }]),
      ...(hasTimetable ? [] : [{ tone: 'info' as const, text: t('billing.start.no-timetable') }]),
    ],
    facts: [
      { label: t('billing.start.last'), text: format.date(nights.last) },
      {
        label: t('billing.start.due'),
        text: nameNights(nights.due, frame),
      },
    ],
    fields: [
      {
        name: 'job',
        label: t('billing.runs.job'),
        value: chosen.job ?? 'night',
        options: requestableJobs.map((value) => ({ value, label: nameJob(value, frame) })),
      },
      {
        name: 'date',
        label: t('billing.runs.date'),
        hint: t('billing.start.date-hint'),
        value: date,
        type: 'date',
      },
    ],
  };
}
