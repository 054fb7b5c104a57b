import type { FigureNode, FigureRow, FigureRows, Operand } from '../../explanations/figure-node.types.ts';
import type { BadgeView, FactView, HeadView, RowView, TableView } from '../kit/component.types.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { chargeFacts, type ChargeView } from './charge-facts.rules.ts';
import type { ExplainFrame } from './explain-frame.types.ts';
import { ruleFacts } from './explain-rule.rules.ts';
import { figureText, groupText, labelText, nameOf } from './figure-text.rules.ts';

export interface ExplainView extends PageView, HeadView {
  /** The figure itself, large. */
  readonly value: string;
  /** Whether it adds up, in a sentence. */
  readonly check: {
    readonly tone: 'good' | 'warn' | 'bad' | 'info';
    readonly title?: string;
    readonly text: string;
  };
  readonly equation?: TableView;
  readonly rule: { readonly text: string; readonly facts: readonly FactView[] };
  readonly further: readonly RowView[];
  readonly rows?: TableView;
  readonly pager?: { readonly first?: string; readonly next?: string };
  /** A page that is short and not the last: the next one continues the search. */
  readonly walksOn?: string;
  readonly charge?: ChargeView;
  readonly words: Readonly<Record<'equation' | 'rule' | 'further' | 'rows', string>>;
}

interface LoadedFigure {
  readonly node: FigureNode;
  readonly isFirstPage: boolean;
}

/** A figure with what it is made of, whether it adds up, by which rule, and the rows behind it. */
export function explainView({ node, isFirstPage }: LoadedFigure, frame: ExplainFrame): ExplainView {
  const { t } = frame;
  const here = frame.explainHref(node.address);
  const { rows } = node;
  return {
    title: labelText(node.label, frame),
    crumbs: node.path.map((address) => ({
      href: frame.explainHref(address),
      label: crumbText(address.figure, frame),
    })),
    headBadge: badgeOf(node, frame),
    lead: subjectText(node, frame),
    value: figureText(node.value, frame),
    check: checkOf(node, frame),
    ...(node.equation && { equation: equationTable(node, frame) }),
    rule: { text: t(`explain.rule.${node.rule.name}`), facts: ruleFacts(node, frame) },
    further: (node.further ?? []).map(({ label, address }) => ({
      href: frame.explainHref(address),
      title: labelText(label, frame),
      notes: [],
    })),
    ...(rows && (rows.rows.length > 0 || rows.next !== undefined || node.label.name !== 'captured')
      ? rowsView(rows, { node, here, isFirstPage }, frame)
      : {}),
    ...(node.charge && { charge: chargeFacts(node.charge, frame) }),
    words: {
      equation: t('explain.equation'),
      rule: t('explain.rule'),
      further: t('explain.further'),
      rows: t(node.label.name === 'captured' ? 'explain.refunds' : 'explain.rows'),
    },
  };
}

function crumbText(figure: FigureNode['address']['figure'], { t }: ViewFrame): string {
  return figure === 'tax' ? t('explain.figure.invoice-tax') : t(`explain.figure.${figure}`);
}

/** Whose figure it is. */
function subjectText({ subject }: FigureNode, frame: ExplainFrame): string {
  const { t, format } = frame;
  switch (subject.of) {
    case 'settlement':
      return t('explain.of-settlement', {
        company: nameOf(subject.company, frame),
        month: format.month(subject.period),
        number: subject.number,
        state: t(`explain.state.${subject.state}`),
      });
    case 'invoice':
      return t('explain.of-invoice', {
        number: subject.number,
        month: format.month(subject.period),
        group: groupText(subject.closingGroup, frame),
        line: subject.lineId,
        holder: subject.holder ?? '–',
      });
    case 'charge':
      return t('explain.of-charge', {
        company: nameOf(subject.company, frame),
        service: nameOf(subject.service, frame),
      });
    default:
      return subject satisfies never;
  }
}

const TONES = { matches: 'good', differs: 'bad', unchecked: 'plain' } as const;

function badgeOf({ check: { outcome } }: FigureNode, { t }: ViewFrame): BadgeView {
  return { tone: TONES[outcome], text: t(`explain.check.${outcome}`) };
}

function checkOf({ check, value, rows, charge }: FigureNode, frame: ExplainFrame): ExplainView['check'] {
  const { t } = frame;
  if (check.outcome === 'matches') {
    const text = charge ? 'explain.check.on-invoice.text' : 'explain.check.matches.text';
    return { tone: 'good', text: t(text) };
  }
  if (check.outcome === 'differs') {
    const facts = { stored: figureText(value, frame), comesTo: figureText(check.comesTo, frame) };
    const title = t('explain.check.differs.title');
    return { tone: 'bad', title, text: t('explain.check.differs.text', facts) };
  }
  const isSumOfPage = check.why === 'large' && rows !== undefined;
  return {
    tone: 'info',
    text: t(
      check.why === 'given'
        ? charge
          ? 'explain.check.not-folded.text'
          : 'explain.check.given.text'
        : isSumOfPage
          ? 'explain.check.large-rows.text'
          : 'explain.check.large.text',
    ),
  };
}

/** The equation as a column of figures with their signs, the way it is calculated by hand. */
function equationTable(node: FigureNode, frame: ExplainFrame): TableView {
  const { t } = frame;
  const { operands, smaller, isFloored } = node.equation!;
  const label = labelText(node.label, frame);
  const rowOf = (operand: Operand, index: number, note?: string) => ({
    cells: [
      {
        text: labelText(operand.label, frame),
        ...(operand.address && { href: frame.explainHref(operand.address) }),
        ...(note !== undefined && { note }),
      },
      signedText(operand, index, frame),
    ],
  });
  const rows = operands.map((operand, index) => rowOf(operand, index));
  if (smaller) rows.push(rowOf({ ...smaller, sign: '+' }, 0, t('explain.smaller')));
  return {
    caption: t('explain.equation'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('explain.operand'), isLong: true },
      { label: t('explain.figure'), isNumber: true },
    ],
    rows,
    foot: [isFloored ? `${label} · ${t('explain.floored')}` : label, `= ${figureText(node.value, frame)}`],
    empty: { title: t('explain.nothing'), text: '' },
  };
}

/** The first one is what the others are added to, taken from or multiplied with. */
function signedText({ sign, value }: Operand, index: number, frame: ExplainFrame): string {
  const text = figureText(value, frame);
  return index === 0 && sign === '+' ? text : `${sign} ${text}`;
}

interface Paged {
  readonly node: FigureNode;
  readonly here: string;
  readonly isFirstPage: boolean;
}

function rowsView({ rows, next }: FigureRows, { node, here, isFirstPage }: Paged, frame: ExplainFrame) {
  const { t } = frame;
  const hasLines = rows.some(({ lineId }) => lineId !== undefined);
  const columns = [
    { label: t('explain.row.subject'), isLong: true },
    { label: t('explain.row.date') },
    { label: t('explain.row.kind') },
    ...(hasLines ? [{ label: t('explain.row.line'), isLess: true }] : []),
    { label: t('explain.row.amount'), isNumber: true },
  ];
  const table: TableView = {
    caption: t('explain.rows'),
    isCaptionUnseen: true,
    isDense: true,
    columns,
    rows: rows.map((row) => ({ cells: rowCells(row, { node, hasLines }, frame) })),
    empty: { title: t('explain.no-rows'), text: '' },
  };
  const pager = {
    ...(!isFirstPage && { first: here }),
    ...(next !== undefined && { next: `${here}?after=${next}` }),
  };
  return {
    rows: table,
    pager,
    ...(next !== undefined && rows.length < 50 && { walksOn: t('explain.walks-on') }),
  };
}

function rowCells(
  row: FigureRow,
  { node, hasLines }: { readonly node: FigureNode; readonly hasLines: boolean },
  frame: ExplainFrame,
) {
  const { t, format } = frame;
  const notes = [
    ...(row.reference === null ? [] : [row.reference]),
    ...(row.isNeverBilled ? [t('explain.never-billed')] : []),
    ...(row.originalPeriod === undefined ? [] : [format.month(row.originalPeriod)]),
  ];
  const isOwn = node.address.of === 'charge';
  return [
    {
      text: row.description,
      ...(!isOwn && { href: frame.explainHref(row.address) }),
      ...(notes.length > 0 && { note: notes.join(' · ') }),
    },
    format.date(row.businessDate),
    t(`explain.kind.${row.kind}`),
    ...(hasLines ? [row.lineId ?? ''] : []),
    format.money(row.amountMinor),
  ];
}
