import type { MessageKey } from '../messages/translate.ts';
import type { AnyDownload } from './define-download.ts';
import type { AnyForm } from './define-form.ts';
import type { AnyLive } from './define-live.ts';
import type { AnyPage, PageNav } from './define-page.ts';

/** What the pages, forms and files of one task are: each area has a folder, texts and rows of the guard matrix of its own. */
export interface Area {
  readonly pages: readonly AnyPage[];
  readonly forms?: readonly AnyForm[];
  readonly downloads?: readonly AnyDownload[];
  readonly lives?: readonly AnyLive[];
}

/** The navigation of a console from top to bottom: under the name of each section, its areas. */
type Sections = readonly (readonly [MessageKey, readonly string[]])[];

/** Gives a page of an area its place in the navigation. `position` orders several pages of one area, from 0. */
export type NavIn<Name extends string> = (area: Name, label: MessageKey, position?: number) => PageNav;

/** The places of a console's areas, from its sections. */
export function orderAreas<const S extends Sections>(sections: S): NavIn<S[number][1][number]> {
  const places = sections.flatMap(([section, areas]) => areas.map((area) => ({ section, area })));
  return (area, label, position = 0) => {
    const index = places.findIndex((place) => place.area === area);
    return { label, order: index * 10 + position, section: places[index]!.section };
  };
}

/** The pages, forms, files and live parts of all areas of a console. */
export function joinAreas(areas: readonly Area[]): Required<Area> {
  return {
    pages: areas.flatMap(({ pages }) => pages),
    forms: areas.flatMap(({ forms = [] }) => forms),
    downloads: areas.flatMap(({ downloads = [] }) => downloads),
    lives: areas.flatMap(({ lives = [] }) => lives),
  };
}
