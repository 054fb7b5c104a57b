import type { ListedRehearsal, listRehearsable } from '../../../rehearsals/rehearsal.queries.ts';
import type { BadgeView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { groupText } from '../../explain/figure-text.rules.ts';

export interface RehearsalsView extends PageView, HeadView {
  readonly about: readonly string[];
  readonly table: TableView;
  /** None for people who may only look, and while a rehearsal is under way. */
  readonly start?: {
    readonly action: string;
    readonly formName: string;
    readonly title: string;
    readonly label: string;
    readonly field: {
      readonly name: string;
      readonly label: string;
      readonly hint: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    };
  };
}

interface Loaded {
  readonly rehearsals: readonly ListedRehearsal[];
  readonly choice: Awaited<ReturnType<typeof listRehearsable>>;
}

/** The kept rehearsals, and the form that starts one. */
export function rehearsalsView({ rehearsals, choice }: Loaded, frame: ViewFrame): RehearsalsView {
  const { t, format, can } = frame;
  const underWay = rehearsals.some(({ state }) => state === 'waiting' || state === 'running');
  return {
    title: t('billing.rehearsals.title'),
    lead: t(underWay ? 'billing.rehearsals.under-way' : 'billing.rehearsals.lead'),
    about: [t('billing.rehearsals.about'), t('billing.rehearsals.without')],
    table: {
      caption: t('billing.rehearsals.list'),
      isDense: true,
      columns: [
        { label: t('billing.rehearsals.month') },
        { label: t('billing.rehearsals.scope') },
        { label: t('billing.rehearsals.state') },
        { label: t('billing.rehearsals.at') },
        { label: t('billing.rehearsals.by') },
      ],
      rows: rehearsals.map(({ id, billingPeriod, scope, state, createdAt, startedBy }) => ({
        cells: [
          { text: format.month(billingPeriod), href: `/billing/rehearsals/${id}` },
          t(`billing.rehearsals.scope.${scope}`),
          { badge: stateBadge(state, frame) },
          format.dateTime(createdAt),
          frame.nameOf(startedBy),
        ],
      })),
      empty: { title: t('billing.rehearsals.none'), text: t('billing.rehearsals.none-text') },
    },
    ...(can('rehearsals:start') && !underWay && { start: startOf(choice, frame) }),
  };
}

function startOf(
  { periods, tonight }: Loaded['choice'],
  frame: ViewFrame,
): NonNullable<RehearsalsView['start']> {
  const { t, format } = frame;
  const night =
    tonight === undefined
      ? []
      : [
          {
            value: 'night',
            label: t('billing.rehearsals.tonight', {
              month: format.month(tonight.period),
              group: groupText(tonight.group, frame),
            }),
          },
        ];
  const months = periods.map((period) => ({
    value: period,
    label: t('billing.rehearsals.whole-month', { month: format.month(period) }),
  }));
  return {
    action: '/billing/rehearsals',
    formName: 'billing.start-rehearsal',
    title: t('billing.rehearsals.start-title'),
    label: t('billing.rehearsals.start'),
    field: {
      name: 'subject',
      label: t('billing.rehearsals.subject'),
      hint: t(tonight === undefined ? 'billing.rehearsals.none-tonight' : 'billing.rehearsals.subject-hint'),
      options: [...night, ...months],
    },
  };
}

const TONES = { waiting: 'warn', running: 'warn', finished: 'good', failed: 'bad' } as const;

export function stateBadge(state: ListedRehearsal['state'], { t }: ViewFrame): BadgeView {
  return { tone: TONES[state], text: t(`billing.rehearsals.state.${state}`) };
}
