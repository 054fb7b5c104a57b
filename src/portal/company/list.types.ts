import type { FilterView, HeadView, TableView, TabsView } from '../kit/component.types.ts';
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
