import type {
  ChartView,
  ConfirmView,
  FactView,
  HeadView,
  ProgressView,
  StepView,
  TabsView,
} from '../kit/component.types.ts';
import { chartSource, columnChart } from '../kit/column-chart.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { consoleWords, type ConsoleWords } from './console-words.ts';

const HERE = '/kit/console/subject';

export interface ConsoleSubjectView extends PageView, HeadView {
  readonly words: ConsoleWords;
  readonly parts: TabsView;
  readonly facts: readonly FactView[];
  readonly figures: readonly FactView[];
  readonly steps: readonly StepView[];
  readonly confirm: ConfirmView;
  readonly progresses: readonly ProgressView[];
  readonly chart: ChartView;
}

/** A subject as staff look at it: its parts, what happened, the question before what cannot be undone, runs and figures. */
export function consoleSubjectView(_: unknown, frame: ViewFrame): ConsoleSubjectView {
  const { t, language } = frame;
  const w = consoleWords[language];
  return {
    words: w,
    title: w.longName,
    crumbs: [
      { href: '/kit', label: t('components.title') },
      { href: '/kit/console', label: t('components.list') },
    ],
    headBadge: { tone: 'warn', text: w.waiting },
    parts: {
      label: w.parts,
      tabs: [
        { href: HERE, label: w.summary, isCurrent: true },
        { href: HERE, label: w.lines, count: '12,345' },
        { href: HERE, label: w.documents, count: '0' },
        { href: HERE, label: w.history },
      ],
    },
    facts: [
      { label: w.company, text: w.longName, href: HERE, note: 'hoshizora-kanto' },
      { label: w.account, text: w.accountText, was: w.accountWas, note: w.changed },
      { label: w.carried, text: '' },
    ],
    figures: figuresOf(w, frame),
    steps: stepsOf(w, frame),
    confirm: confirmOf(w, frame),
    progresses: [
      { label: w.night, text: w.ofMany, max: 12_345_678, value: 4_938_271 },
      { label: w.exported, text: w.notBegun, max: 428, value: 0 },
      { label: w.settled, text: w.done, max: 428, value: 428, tone: 'good' },
      { label: w.payoutFile, text: w.failed, max: 428, value: 425, tone: 'bad' },
      { label: w.counted, text: w.unknown, max: 1 },
    ],
    chart: chartOf(w, frame),
  };
}

function figuresOf(w: ConsoleWords, { format }: ViewFrame): FactView[] {
  const figure = (label: string, amount: bigint) => ({ label, text: format.money(amount), isNumber: true });
  return [
    figure(w.gross, 9_999_999_999_999n),
    figure(w.refunds, -888_888_888n),
    { ...figure(w.fee, -499_955_555_555n), note: '5%' },
    figure(w.carried, 0n),
    { ...figure(w.payout, 9_499_155_555_556n), isTotal: true },
  ];
}

function stepsOf(w: ConsoleWords, { format }: ViewFrame): StepView[] {
  const step = (at: string, rest: Omit<StepView, 'at' | 'when'>) => ({
    at,
    when: format.dateTime(new Date(at)),
    ...rest,
  });
  return [
    step('2026-05-31T01:02:00+09:00', { text: w.drafted, who: w.job }),
    step('2026-05-31T09:30:00+09:00', { text: w.refused, who: w.jiro, note: w.reason, tone: 'bad' }),
    step('2026-05-31T23:10:00+09:00', { text: w.proposed, who: w.hanako, tone: 'good' }),
    step('2026-06-01T00:00:00+09:00', { text: w.next, tone: 'waiting' }),
  ];
}

function confirmOf(w: ConsoleWords, { format }: ViewFrame): ConfirmView {
  return {
    title: w.confirm,
    texts: [w.confirmText],
    facts: [
      { label: w.company, text: w.longName },
      { label: w.payout, text: format.money(9_499_155_555_556n), was: format.money(9_500_001_214_584n) },
      { label: w.state, text: w.approved, was: w.waiting },
    ],
    banner: { tone: 'info', text: w.twoPeople },
    fields: [{ name: 'reason', label: w.note, hint: w.noteHint, rows: 2 }],
    formName: 'components.console-form',
    action: HERE,
    label: w.yes,
    back: HERE,
    isDanger: true,
  };
}

const sales: readonly (readonly [string, bigint, bigint])[] = [
  ['2026-05-25', 18_400_000n, 17_000_000n],
  ['2026-05-26', 16_900_000n, 21_000_000n],
  ['2026-05-27', 0n, 15_500_000n],
  ['2026-05-28', 15_800_000n, 16_000_000n],
  ['2026-05-29', 22_300_000n, 19_800_000n],
  ['2026-05-30', 31_200_000n, 28_000_000n],
  ['2026-05-31', 29_700_000n, 30_100_000n],
];

function chartOf(w: ConsoleWords, { format }: ViewFrame): ChartView {
  const columns = sales.map(([date, value, before]) => ({
    label: format.day(date),
    value,
    before,
    text: format.money(value),
  }));
  return {
    title: w.chart,
    alt: w.chartAlt,
    src: chartSource(columnChart(columns)),
    table: {
      caption: w.chart,
      isDense: true,
      columns: [{ label: w.day }, { label: w.gross, isNumber: true }, { label: w.before, isNumber: true }],
      rows: sales.map(([date, ...amounts]) => ({
        cells: [format.date(date), ...amounts.map((amount) => format.money(amount))],
      })),
    },
  };
}
