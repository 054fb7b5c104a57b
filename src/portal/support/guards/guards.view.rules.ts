import type { SafeguardRow } from '../../../safeguards/safeguard.rules.ts';
import type { ConfirmView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { reasonInputs } from '../acts/reason.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import {
  choicesOf,
  guardLines,
  guardTable,
  sellerCells,
  sellerInputs,
  sinceColumns,
  whomInput,
  whomText,
} from './guard-words.rules.ts';
import type { LoadedGuards } from './load-guards.ts';

interface Part {
  readonly title: string;
  /** The last word of the address, which the form posts to. */
  readonly path: 'limits' | 'blocks' | 'listed';
  readonly table: TableView;
  readonly confirm: Omit<ConfirmView, 'action' | 'label' | 'back'>;
}

/** A page of settings: what is set, and the form that sets more. */
export function guardPage({ line: { lineId } }: LoadedGuards, part: Part, { t }: ViewFrame): SectionsView {
  const href = lineHref(lineId);
  const action = `${href}/${part.path}`;
  return {
    title: part.title,
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href, label: lineId },
    ],
    sections: [{ id: 'set', title: t('support.guards.set'), table: part.table }],
    confirm: { ...part.confirm, action, label: t('support.guards.go'), back: href },
  };
}

const isLimit = ({ kind }: SafeguardRow) => kind === 'monthly-limit' || kind === 'charge-limit';

/** The limits that are set, in force and from tomorrow on. */
export function limitsView(loaded: LoadedGuards, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const lines = guardLines(loaded, isLimit, frame);
  const table: TableView = {
    ...guardTable(frame),
    columns: [
      { label: t('support.guards.whom') },
      { label: t('support.guards.kind') },
      { label: t('support.guards.amount'), isNumber: true },
      ...sinceColumns(lines, frame),
    ],
    rows: lines.map(({ row, since }) => ({
      cells: [
        whomText(row, loaded, frame),
        t(
          row.kind === 'charge-limit'
            ? 'support.guards.kind.charge-limit'
            : 'support.guards.kind.monthly-limit',
        ),
        row.limitMinor === null ? t('support.guards.none') : format.money(row.limitMinor),
        ...since,
      ],
    })),
  };
  const kinds = choicesOf(['monthly-limit', 'charge-limit'], (kind) => t(`support.guards.kind.${kind}`));
  const confirm = {
    title: t('support.guards.limit-question'),
    texts: [t('support.guards.effect')],
    fields: [
      whomInput(loaded, frame, { line: true }),
      { name: 'kind', label: t('support.guards.kind'), options: kinds },
      {
        name: 'amount',
        label: t('support.guards.amount'),
        hint: t('support.guards.amount-hint'),
        isOptional: true,
      },
      ...reasonInputs(frame),
    ],
    formName: 'support.limit-form',
  };
  return guardPage(loaded, { title: t('support.guards.limits'), path: 'limits', table, confirm }, frame);
}

interface Typed {
  /** What a link to the page says already. */
  readonly typed: { readonly company?: string; readonly service?: string };
}

/** The companies and services that nothing is bought from. */
export function blocksView({ typed, ...loaded }: LoadedGuards & Typed, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const lines = guardLines(loaded, ({ kind }) => kind === 'block', frame);
  const table: TableView = {
    ...guardTable(frame),
    columns: [
      { label: t('support.charge.company') },
      { label: t('support.guards.service-column') },
      { label: t('support.guards.whom') },
      { label: t('support.guards.what') },
      ...sinceColumns(lines, frame),
    ],
    rows: lines.map(({ row, since }) => ({
      cells: [
        ...sellerCells(row, loaded, frame),
        whomText(row, loaded, frame),
        t(row.inForce ? 'support.guards.what.block' : 'support.guards.what.lift'),
        ...since,
      ],
    })),
  };
  const confirm = {
    title: t('support.guards.block-question'),
    texts: [t('support.guards.block-effect'), t('support.guards.effect')],
    fields: [
      ...sellerInputs(typed, frame, { isOptional: false }),
      whomInput(loaded, frame, { line: true }),
      {
        name: 'what',
        label: t('support.guards.what'),
        options: choicesOf(['block', 'lift'], (what) => t(`support.guards.what.${what}`)),
      },
      ...reasonInputs(frame),
    ],
    formName: 'support.block-form',
  };
  return guardPage(loaded, { title: t('support.guards.blocks'), path: 'blocks', table, confirm }, frame);
}
