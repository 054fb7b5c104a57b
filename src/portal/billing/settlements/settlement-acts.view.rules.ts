import type { MonthState } from '../../../settlements/month-settlements.queries.ts';
import type { ConfirmView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { settlementBadge } from '../settlements-table.rules.ts';
import { figuresTable } from './settlement-figures.rules.ts';
import type { LoadedSettlement } from './settlement.pages.ts';
import { settlementHref, settlementsHref } from './settlements.query.ts';

/** A question about a settlement, with its figures below. */
export interface SettlementActView extends PageView, HeadView {
  readonly formName: string;
  readonly confirm?: ConfirmView;
  /** Why there is nothing to do. */
  readonly banner?: NonNullable<ConfirmView['banner']>;
  readonly table: TableView;
}

type Act = 'propose' | 'reject' | 'hold' | 'release' | 'correct';

/** The state of a settlement as people see it. */
export function stateOf({ details: { settlement, pending } }: Pick<LoadedSettlement, 'details'>): MonthState {
  if (settlement.state === 'draft' && pending) return 'proposed';
  return settlement.state === 'approved' && settlement.heldReason != null ? 'held' : settlement.state;
}

/** What can be done with a settlement as it is. */
export function isPossible(act: Act, loaded: LoadedSettlement): boolean {
  const state = stateOf(loaded);
  switch (act) {
    case 'propose':
      return state === 'draft' && loaded.details.blockedBy === undefined;
    case 'reject':
      return state === 'draft' || state === 'proposed';
    case 'hold':
      return state === 'approved';
    case 'release':
      return state === 'held' && !loaded.isHeldByTwo;
    case 'correct':
      return loaded.revisions.length > 0;
    default:
      return act satisfies never;
  }
}

const whyNot = (act: Act, loaded: LoadedSettlement) =>
  act === 'release' && stateOf(loaded) === 'held'
    ? 'billing.problem.approval-required-set-by-two.text'
    : (`billing.settlements.not-${act}` as const);

export const proposeView = (loaded: LoadedSettlement, frame: ViewFrame) => actView('propose', loaded, frame);
export const rejectView = (loaded: LoadedSettlement, frame: ViewFrame) => actView('reject', loaded, frame);
export const holdView = (loaded: LoadedSettlement, frame: ViewFrame) => actView('hold', loaded, frame);
export const releaseView = (loaded: LoadedSettlement, frame: ViewFrame) => actView('release', loaded, frame);
export const correctView = (loaded: LoadedSettlement, frame: ViewFrame) => actView('correct', loaded, frame);

function actView(act: Act, loaded: LoadedSettlement, frame: ViewFrame): SettlementActView {
  const { settlement, name, nameEn } = loaded.details;
  const { t, format, language } = frame;
  const { number, billingPeriod, revision } = settlement;
  const company = language === 'ja' ? name : nameEn;
  const facts = { company, month: format.month(billingPeriod) };
  const formName = act === 'correct' ? 'billing.correct-statement-form' : `billing.${act}-settlement-form`;
  const confirm: ConfirmView = {
    title: t(`billing.settlements.${act}-title`, facts),
    texts: [t(`billing.settlements.${act}-text`)],
    fields: [
      {
        name: 'reason',
        label: t('billing.settlements.reason'),
        hint: t(act === 'propose' ? 'billing.settlements.propose-hint' : 'billing.settlements.reason-hint'),
        rows: 3,
      },
    ],
    ...(act === 'propose' && { hidden: [{ name: 'revision', value: String(revision) }] }),
    formName,
    action: settlementHref(number, act),
    label: t(`billing.settlements.${act}`),
    back: settlementHref(number),
    isDanger: act === 'reject',
  };
  return {
    title: t(`billing.settlements.${act}-page`, { number }),
    crumbs: [
      { href: settlementsHref({ period: billingPeriod }), label: format.month(billingPeriod) },
      { href: settlementHref(number), label: number },
    ],
    headBadge: settlementBadge(stateOf(loaded), frame),
    formName,
    ...(isPossible(act, loaded) ? { confirm } : { banner: { tone: 'warn', text: t(whyNot(act, loaded)) } }),
    table: figuresTable(loaded.details, frame),
  };
}
