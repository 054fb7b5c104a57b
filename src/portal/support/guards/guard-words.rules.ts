import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import type { SafeguardRow } from '../../../safeguards/safeguard.rules.ts';
import type { CellView, ColumnView, ConfirmView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { companyHref, lineHref } from '../support-links.rules.ts';
import type { LoadedGuards } from './load-guards.ts';

type Guards = Pick<LoadedGuards, 'guards'>;

/** Takes back a setting that has not begun. */
export const undoHref = (lineId: string, version: number): string =>
  `${lineHref(lineId)}/settings/${version}/undo`;

/** Whom a setting concerns: the line, or an issued ID on it. */
export function whomText({ subscriberId }: SafeguardRow, { guards }: Guards, { t }: ViewFrame): string {
  if (subscriberId === null) return t('support.guards.everybody');
  const id = guards.ids.find((one) => one.id === subscriberId);
  return id ? formatIssuedId(id.issuedId) : t('support.guards.ended-id');
}

/** A setting in one line: what it permits or refuses. */
export function settingText(row: SafeguardRow, loaded: Guards, frame: ViewFrame): string {
  const { t, format } = frame;
  const { kind, limitMinor, inForce } = row;
  switch (kind) {
    case 'monthly-limit':
    case 'charge-limit':
      return t('support.guards.setting', {
        kind: t(`support.guards.kind.${kind}`),
        value: limitMinor === null ? t('support.guards.none') : format.money(limitMinor),
      });
    case 'block':
      return t('support.guards.setting', {
        kind: sellerText(row, loaded, frame),
        value: t(inForce ? 'support.guards.what.block' : 'support.guards.what.lift'),
      });
    case 'allow':
      return t('support.guards.setting', {
        kind: sellerText(row, loaded, frame),
        value: t(inForce ? 'support.listed.what.allow' : 'support.listed.what.remove'),
      });
    case 'only-listed':
      return t(inForce ? 'support.listed.what.only-listed' : 'support.listed.what.anything');
    default:
      return kind satisfies never;
  }
}

function sellerText(row: SafeguardRow, { guards }: Guards, { language }: ViewFrame): string {
  const names = [guards.companies.get(row.companyId ?? 0), guards.services.get(row.serviceId ?? 0)];
  return names.flatMap((one) => one?.[language === 'ja' ? 'name' : 'nameEn'] ?? []).join(' · ');
}

/** Company and service of a rule; without a service it is about all of them. */
export function sellerCells(
  { companyId, serviceId }: SafeguardRow,
  { guards }: Guards,
  frame: ViewFrame,
): CellView[] {
  const { t, language } = frame;
  const company = guards.companies.get(companyId ?? 0);
  const service = guards.services.get(serviceId ?? 0);
  const nameOf = ({ name, nameEn }: { readonly name: string; readonly nameEn: string }) =>
    language === 'ja' ? name : nameEn;
  return [
    company ? { text: nameOf(company), href: companyHref(company.code), note: company.code } : '',
    service ? { text: nameOf(service), note: service.code } : t('support.guards.all-services'),
  ];
}

/** When a setting counts, and how one that has not begun is taken back, if there is any. */
export const sinceColumns = (lines: readonly Line[], { t }: ViewFrame): ColumnView[] => [
  { label: t('support.guards.since') },
  ...(lines.some(({ since }) => since.length > 1) ? [{ label: t('support.guards.undo-column') }] : []),
];

interface Line {
  readonly row: SafeguardRow;
  readonly since: readonly CellView[];
}

/** Settings of some kinds, those in force first, with the cells of `sinceColumns`. */
export function guardLines(
  { line: { lineId }, guards: { inForce, scheduled } }: LoadedGuards,
  isShown: (row: SafeguardRow) => boolean,
  { t, format }: ViewFrame,
): Line[] {
  const planned = scheduled.filter(isShown);
  return [
    ...inForce.filter(isShown).map((row) => ({
      row,
      since: [
        t('support.guards.since-date', { date: format.date(row.validFrom) }),
        ...(planned.length > 0 ? [''] : []),
      ],
    })),
    ...planned.map((row) => ({
      row,
      since: [
        t('support.guards.from-date', { date: format.date(row.validFrom) }),
        { text: t('support.guards.undo'), href: undoHref(lineId, row.version) },
      ],
    })),
  ];
}

/** What the tables of settings have in common. */
export const guardTable = ({ t }: ViewFrame): Omit<TableView, 'columns' | 'rows'> => ({
  caption: t('support.guards.set'),
  isCaptionUnseen: true,
  isDense: true,
  empty: { title: t('support.guards.nothing'), text: t('support.guards.nothing-text') },
});

type InputView = NonNullable<ConfirmView['fields']>[number];

/** Chooses an issued ID, and the whole line where `line` says so. */
export function whomInput(
  { guards }: Guards,
  { t }: ViewFrame,
  { line }: { readonly line: boolean },
): InputView {
  return {
    name: 'whom',
    label: t('support.guards.whom'),
    options: [
      ...(line ? [{ value: '0', label: t('support.guards.everybody') }] : []),
      ...guards.ids.map(({ id, issuedId, isHolder }) => ({
        value: String(id),
        label: isHolder
          ? `${formatIssuedId(issuedId)} · ${t('support.line.is-holder')}`
          : formatIssuedId(issuedId),
      })),
    ],
  };
}

/** Names a company, and one of its services. */
export function sellerInputs(
  { company, service }: { readonly company?: string | undefined; readonly service?: string | undefined },
  { t }: ViewFrame,
  { isOptional }: { readonly isOptional: boolean },
): InputView[] {
  return [
    {
      name: 'company',
      label: t('support.guards.company'),
      hint: t('support.guards.company-hint'),
      ...(company !== undefined && { value: company }),
      ...(isOptional && { isOptional }),
    },
    {
      name: 'service',
      label: t('support.guards.service'),
      hint: t('support.guards.service-hint'),
      ...(service !== undefined && { value: service }),
      isOptional: true,
    },
  ];
}

/** Some choices of a field by their texts. */
export const choicesOf = <Value extends string>(
  values: readonly Value[],
  labelOf: (value: Value) => string,
): { readonly value: Value; readonly label: string }[] =>
  values.map((value) => ({ value, label: labelOf(value) }));
