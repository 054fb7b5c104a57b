import type { Simulation } from '../../../settlements/simulate-tariff.ts';
import { describeTariff } from '../../../tariffs/tariff-wording.rules.ts';
import type { TariffDefinition } from '../../../tariffs/tariff.rules.ts';
import type { FactView, FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { companyHref, valueWord } from './company-words.rules.ts';
import { signed } from './fee-curve.rules.ts';
import type { BannerView } from './subject.types.ts';
import { versionChoice } from './tariffs.view.rules.ts';
import type { Tariff } from './loaded.types.ts';

const HERE = '/billing/tariffs/simulate';
/** Rows of the page; the file has all. */
const SHOWN = 200;

export interface SimulationQuery {
  readonly tariff?: string | undefined;
  readonly definition?: string | undefined;
  readonly from?: string | undefined;
  readonly through?: string | undefined;
  readonly company?: string | undefined;
}

export interface LoadedSimulation {
  readonly query: SimulationQuery & { readonly from: string; readonly through: string };
  readonly tariffs: readonly Tariff[];
  /** Undefined where none was chosen, or it is none. */
  readonly definition: TariffDefinition | undefined;
  /** Undefined where the choice was refused. */
  readonly simulation: Simulation | undefined;
}

export interface SimulationView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly filter: FilterView;
  readonly totals: readonly FactView[];
  readonly table: TableView;
}

const figure = (label: string, text: string) => ({ label, text, isNumber: true });
const number = (label: string) => ({ label, isNumber: true });

/** Settled months by another tariff beside what was billed. */
export function simulationView(loaded: LoadedSimulation, frame: ViewFrame): SimulationView {
  const { definition, simulation } = loaded;
  const { t, format, language } = frame;
  const count = simulation?.months.length ?? 0;
  return {
    title: t('billing.companies.tariff.simulate'),
    lead:
      definition && simulation ? describeTariff(definition, language) : t('billing.companies.tariff.choose'),
    crumbs: [{ href: '/billing/tariffs', label: t('billing.companies.tariff.title') }],
    banners: [
      ...(definition && !simulation
        ? [{ tone: 'bad' as const, text: t('billing.companies.tariff.too-much') }]
        : []),
      { tone: 'info', text: t('billing.companies.tariff.simulate-text') },
    ],
    filter: filterOf(loaded, frame),
    totals: simulation
      ? [
          figure(t('billing.companies.tariff.fee-billed'), format.money(simulation.billedFeeMinor)),
          figure(t('billing.companies.tariff.fee'), format.money(simulation.feeMinor)),
          {
            ...figure(
              t('billing.companies.tariff.difference'),
              signed(simulation.feeMinor - simulation.billedFeeMinor, frame),
            ),
            isTotal: true,
            ...(count > SHOWN && { note: t('billing.companies.tariff.more', { shown: SHOWN }) }),
          },
        ]
      : [],
    table: tableOf(simulation, frame),
  };
}

function filterOf({ query, tariffs, simulation }: LoadedSimulation, frame: ViewFrame): FilterView {
  const { t, format } = frame;
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const { definition } = query;
  return {
    action: HERE,
    ...(definition && { kept: { definition } }),
    fields: [
      ...(definition ? [] : [versionChoice(tariffs, query.tariff ?? '', frame)]),
      { name: 'from', label: t('billing.companies.tariff.from'), value: query.from, type: 'month' },
      { name: 'through', label: t('billing.companies.tariff.through'), value: query.through, type: 'month' },
      { name: 'company', label: t('billing.companies.company-code'), value: query.company ?? '' },
    ],
    active: [],
    clearHref: HERE,
    found: t('billing.companies.tariff.months', { count: format.count(simulation?.months.length ?? 0) }),
    ...(simulation && {
      download: {
        href: `${HERE}/csv?${new URLSearchParams(given).toString()}`,
        label: t('billing.companies.tariff.csv'),
      },
    }),
  };
}

function tableOf(simulation: Simulation | undefined, frame: ViewFrame): TableView {
  const { t, format, language } = frame;
  return {
    caption: t('billing.companies.tariff.simulate'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('billing.companies.company'), isLong: true },
      { label: t('billing.companies.tariff.month') },
      number(t('billing.companies.tariff.billed')),
      number(t('billing.companies.tariff.lines')),
      number(t('billing.companies.tariff.items')),
      { label: t('billing.companies.tariff.branch-billed') },
      number(t('billing.companies.tariff.fee-billed')),
      { label: t('billing.companies.tariff.branch') },
      number(t('billing.companies.tariff.fee')),
      number(t('billing.companies.tariff.difference')),
    ],
    rows: (simulation?.months ?? []).slice(0, SHOWN).map((one) => ({
      cells: [
        { text: language === 'ja' ? one.company : one.companyEn, href: companyHref(one.companyCode) },
        format.month(one.period),
        format.money(one.totalMinor),
        format.count(one.lineCount),
        format.count(one.itemCount),
        valueWord(one.billedBranch, t),
        format.money(one.billedFeeMinor),
        valueWord(one.branch, t),
        format.money(one.feeMinor),
        signed(one.feeMinor - one.billedFeeMinor, frame),
      ],
    })),
    empty: { title: t('billing.companies.tariff.none'), text: '' },
  };
}
