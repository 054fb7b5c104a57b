import type { ChartView, FilterView, HeadView, TableView, TabsView } from '../kit/component.types.ts';
import type { PageView } from '../kit/define-page.ts';
import type { SectionsView } from '../kit/sections.types.ts';

/** A page that is one list: its filter, its rows, and where the next ones are (`company/list`). */
export interface ListView extends PageView, HeadView {
  readonly banners?: NonNullable<SectionsView['banners']>;
  readonly parts?: TabsView;
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string | undefined; readonly next?: string | undefined };
}

/** A page of figures: a picture, and the table with the same figures (`company/charted`). */
export interface ChartedView extends PageView, HeadView {
  readonly banners?: NonNullable<SectionsView['banners']>;
  readonly parts: TabsView;
  readonly filter?: FilterView;
  readonly chart: ChartView | undefined;
  readonly tables: readonly { readonly id: string; readonly title: string; readonly table: TableView }[];
  readonly pager: { readonly first?: string | undefined; readonly next?: string | undefined };
}
