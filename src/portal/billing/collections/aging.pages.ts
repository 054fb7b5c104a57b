import { getAging, type Aging } from '../../../collections/aging.queries.ts';
import { ageBands, type AgeBand } from '../../../collections/aging.rules.ts';
import { findCompanyNames, type CompanyNames } from '../../../companies/company-names.queries.ts';
import { sumMinor } from '../../../shared/money.ts';
import type { TableView } from '../../kit/component.types.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { companyText } from '../company-text.rules.ts';
import { collectionTabs, tabHref, withQuery } from './collection-parts.rules.ts';

/** What is open, by how long ago it was due. */
export const agingPage = definePage({
  name: 'billing.aging',
  path: tabHref('aging'),
  permission: 'collections:read',
  load: async (deps, { actor }) => {
    const aging = await getAging(deps, actor);
    const names = await findCompanyNames(
      deps,
      aging.companies.map(({ company }) => company),
    );
    return { ...aging, names };
  },
  view: agingView,
  template: template<SectionsView>('kit/sections'),
});

const states = ['billed', 'pending', 'partial', 'uncollected'] as const;

type Named = Aging & { readonly names: CompanyNames };
type Open = Pick<Aging['companies'][number], 'band' | 'openMinor'>;

const inBand = (open: readonly Open[], band?: AgeBand) =>
  sumMinor(open.flatMap((each) => (band === undefined || each.band === band ? [each.openMinor] : [])));

function agingView(aging: Named, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  return {
    title: t('billing.collections.aging.title'),
    lead: t('billing.collections.aging.lead', {
      day: format.date(aging.today),
      total: format.money(inBand(aging.bands)),
    }),
    parts: collectionTabs(t, 'aging'),
    sections: [
      { id: 'states', title: t('billing.collections.aging.states'), table: statesTable(aging, frame) },
      {
        id: 'companies',
        title: t('billing.collections.aging.companies'),
        table: companiesTable(aging, frame),
      },
    ],
  };
}

function bandColumns({ t }: ViewFrame) {
  return [
    ...ageBands.map((band) => ({ label: t(`billing.collections.band.${band}`), isNumber: true })),
    { label: t('billing.collections.total'), isNumber: true },
  ];
}

const cellsOf = (open: readonly Open[], { format }: ViewFrame) =>
  [...ageBands, undefined].map((band) => format.money(inBand(open, band)));

function statesTable({ bands }: Aging, frame: ViewFrame): TableView {
  const { t } = frame;
  return {
    caption: t('billing.collections.aging.states'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [{ label: t('billing.collections.column.state') }, ...bandColumns(frame)],
    rows: states.map((state) => ({
      cells: [
        { text: t(`billing.collections.state.${state}`), href: withQuery(tabHref('invoices'), { state }) },
        ...cellsOf(
          bands.filter((each) => each.state === state),
          frame,
        ),
      ],
    })),
    foot: [t('billing.collections.total'), ...cellsOf(bands, frame)],
  };
}

function companiesTable({ companies, names }: Named, frame: ViewFrame): TableView {
  const { t } = frame;
  const byCompany = [...Map.groupBy(companies, ({ company }) => company)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    caption: t('billing.collections.aging.companies'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [{ label: t('billing.collections.column.company') }, ...bandColumns(frame)],
    rows: byCompany.map(([company, open]) => ({
      cells: [{ text: companyText(company, names, frame), note: company }, ...cellsOf(open, frame)],
    })),
    foot: [t('billing.collections.total'), ...cellsOf(companies, frame)],
    empty: { title: t('billing.collections.aging.none'), text: '' },
  };
}
