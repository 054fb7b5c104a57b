import type { AnyDownload } from '../kit/define-download.ts';
import type { AnyForm } from '../kit/define-form.ts';
import type { AnyLive } from '../kit/define-live.ts';
import type { AnyPage, PageNav } from '../kit/define-page.ts';
import type { MessageKey } from '../messages/translate.ts';

/** What the pages, forms and files of one task are: each area has a folder, texts and rows of the guard matrix of its own. */
export interface Area {
  readonly pages: readonly AnyPage[];
  readonly forms?: readonly AnyForm[];
  readonly downloads?: readonly AnyDownload[];
  readonly lives?: readonly AnyLive[];
}

/** The navigation from top to bottom: under the name of each section, its areas. */
const sections = [
  ['billing.section.daily', ['today', 'approvals', 'runs']],
  ['billing.section.month', ['closes', 'settlements', 'payouts', 'collections']],
  ['billing.section.master', ['companies', 'lines']],
  ['billing.section.books', ['reports', 'records']],
  ['billing.section.people', ['people']],
] as const satisfies readonly (readonly [MessageKey, readonly string[]])[];

export type AreaName = (typeof sections)[number][1][number];

const places = sections.flatMap(([section, areas]) => areas.map((area) => ({ section, area })));

/** The place of an area's page in the navigation. `position` orders several pages of one area, from 0. */
export function navIn(area: AreaName, label: MessageKey, position = 0): PageNav {
  const index = places.findIndex((place) => place.area === area);
  return { label, order: index * 10 + position, section: places[index]!.section };
}
