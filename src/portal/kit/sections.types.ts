import type {
  ConfirmView,
  FactView,
  FilterView,
  HeadView,
  LinkView,
  ProgressView,
  StepView,
  TableView,
  TabsView,
  UploadView,
} from './component.types.ts';
import type { PageView } from './define-page.ts';

/** A button that sends a form of its own, with one value. */
export interface ButtonView {
  readonly action: string;
  readonly name: string;
  readonly value: string;
  readonly label: string;
}

/** A part of a page, under a heading. */
export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  /** Shown as it is, line by line. */
  readonly code?: string;
  readonly facts?: readonly FactView[];
  readonly table?: TableView;
  readonly timeline?: readonly StepView[];
  readonly progress?: ProgressView;
  readonly upload?: UploadView;
  readonly buttons?: readonly ButtonView[];
  readonly links?: readonly LinkView[];
}

/** A page of the console made of sections (`kit/sections`): what most pages about money are. */
export interface SectionsView extends PageView, HeadView {
  readonly parts?: TabsView;
  readonly banners?: readonly {
    readonly tone: 'info' | 'good' | 'warn' | 'bad';
    readonly title?: string;
    readonly text: string;
    readonly link?: LinkView;
  }[];
  readonly filter?: FilterView;
  readonly sections: readonly SectionView[];
  readonly pager?: { readonly first?: string; readonly next?: string };
  /** Asks before something is done, with the fields that it needs. */
  readonly confirm?: ConfirmView | undefined;
}
