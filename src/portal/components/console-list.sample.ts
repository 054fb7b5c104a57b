import type { FactView, FilterView, HeadView, LinkView, TableView } from '../kit/component.types.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { consoleWords, type ConsoleWords } from './console-words.ts';

const HERE = '/kit/console';

export interface ConsoleListView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly bulk: { readonly id: string; readonly action: string; readonly label: string };
  readonly pager: { readonly first?: string; readonly next?: string };
  readonly panel: {
    readonly title: string;
    readonly closeHref: string;
    readonly facts: readonly FactView[];
    readonly actions: readonly LinkView[];
  };
  readonly nothing: { readonly filter: FilterView; readonly table: TableView };
}

/** A list as staff work with it: filtered, sorted, with boxes, totals and one row shown beside it. */
export function consoleListView(_: unknown, frame: ViewFrame): ConsoleListView {
  const { t, language } = frame;
  const w = consoleWords[language];
  const table = tableOf(w, frame);
  const filter = filterOf(w, frame);
  const { download: _download, ...rest } = filter;
  const empty = { title: w.none, text: w.noneText, href: HERE, label: t('kit.filter.clear') };
  return {
    title: t('components.list'),
    lead: w.lead,
    crumbs: [{ href: '/kit', label: t('components.title') }],
    actions: [{ href: HERE, label: w.propose, isPrimary: true }],
    filter,
    table,
    bulk: { id: 'bulk', action: HERE, label: w.approve },
    pager: { first: HERE, next: HERE },
    panel: panelOf(w, frame),
    nothing: {
      filter: { ...rest, found: w.zero, fields: [], active: filter.active.slice(0, 1) },
      table: { ...table, rows: [], empty },
    },
  };
}

function filterOf(w: ConsoleWords, { format }: ViewFrame): FilterView {
  const states = [w.all, w.draft, w.waiting, w.approved].map((label, index) => ({
    value: `${index}`,
    label,
  }));
  const months = ['2026-05', '2026-04'].map((value) => ({ value, label: format.month(value) }));
  return {
    action: HERE,
    fields: [
      { name: 'q', label: w.search, type: 'search' },
      { name: 'month', label: w.month, options: months },
      { name: 'state', label: w.state, options: states },
      { name: 'least', label: w.least, suffix: w.yen, inputmode: 'numeric' },
    ],
    active: [
      { href: HERE, label: format.month('2026-05') },
      { href: HERE, label: `${w.payout} ${format.money(0n)}～${format.money(9_999_999_999_999n)}` },
    ],
    clearHref: HERE,
    found: w.found,
    download: { href: HERE, label: w.csv },
  };
}

function tableOf(w: ConsoleWords, { format }: ViewFrame): TableView {
  const money = (amount: bigint) => format.money(amount);
  const month = format.month('2026-05');
  const row = (
    name: string,
    value: string,
    amounts: readonly bigint[],
    badge: { tone: 'plain' | 'good' | 'warn' | 'bad'; text: string },
  ) => ({
    value,
    cells: [{ text: name, href: HERE }, month, ...amounts.map(money), { badge }],
  });
  return {
    caption: w.settled,
    isCaptionUnseen: true,
    isDense: true,
    select: { form: 'bulk', name: 'settlement', label: w.choose },
    columns: [
      { label: w.company, isLong: true, href: HERE, sort: 'ascending' },
      { label: w.month, href: HERE, isLess: true },
      { label: w.gross, isNumber: true, isLess: true, href: HERE },
      { label: w.refunds, isNumber: true, isLess: true },
      { label: w.payout, isNumber: true, href: HERE },
      { label: w.state },
    ],
    rows: [
      {
        ...row(w.name, 'a', [1_234_567n, -1_100n, 1_170_000n], { tone: 'warn', text: w.waiting }),
        isCurrent: true,
      },
      row(w.longName, 'b', [9_999_999_999_999n, -888_888_888n, 9_499_999_999_999n], {
        tone: 'warn',
        text: w.waiting,
      }),
      { ...row(w.small, '', [0n, 0n, 0n], { tone: 'plain', text: w.draft }), value: '' },
      row(w.other, 'd', [52_300n, 0n, 49_685n], { tone: 'good', text: w.approved }),
      row(`${w.other} 2`, 'e', [300n, -5_400n, -5_100n], { tone: 'bad', text: w.returned }),
    ],
    foot: [w.total, '', money(10_000_001_287_166n), money(-888_895_388n), money(9_500_001_214_584n), ''],
  };
}

function panelOf(w: ConsoleWords, { format }: ViewFrame): ConsoleListView['panel'] {
  return {
    title: w.name,
    closeHref: HERE,
    facts: [
      { label: w.state, text: '', badge: { tone: 'warn', text: w.waiting } },
      { label: w.code, text: 'aoba' },
      { label: w.account, text: w.accountText, was: w.accountWas, note: w.changed },
      { label: w.gross, text: format.money(1_234_567n) },
      { label: w.refunds, text: format.money(-1_100n) },
      { label: w.carried, text: '' },
      { label: w.payout, text: format.money(1_170_000n) },
    ],
    actions: [{ href: '/kit/console/subject', label: w.details }],
  };
}
