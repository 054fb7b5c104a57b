/*
 * What the components of `templates/pages/kit` show. A view that is typed by these fits its template; every state of each is on the
 * pages `/kit` and `/kit/console`.
 */

/** A state in words, with a tone for its colour and shape (`kit/badge`). */
export interface BadgeView {
  readonly tone: 'plain' | 'good' | 'warn' | 'bad';
  readonly text: string;
}

export interface LinkView {
  readonly href: string;
  readonly label: string;
}

/** The trail to a page (`kit/head`). */
export type CrumbView = LinkView;

/** Besides title and lead: the state of what the page is about, and what can be done with it; one primary action at most (`kit/head`). */
export interface HeadView {
  readonly crumbs?: readonly CrumbView[];
  readonly lead?: string;
  readonly headBadge?: BadgeView;
  readonly actions?: readonly (LinkView & { readonly isPrimary?: boolean })[];
}

/** A row of a list that is a link (`kit/rows`). */
export interface RowView {
  readonly href?: string;
  readonly title: string;
  readonly figure?: string;
  readonly notes: readonly string[];
  readonly badge?: BadgeView;
}

/** A labelled value (`kit/facts`). Without a text it shows a dash. */
export interface FactView {
  readonly label: string;
  readonly text: string;
  readonly href?: string;
  /** What it was before a change. */
  readonly was?: string;
  /** A second line, quieter. */
  readonly note?: string;
  readonly badge?: BadgeView;
  /** Right-aligned, for figures that are added up. */
  readonly isNumber?: boolean;
  /** The sum of what stands above. */
  readonly isTotal?: boolean;
}

/** The state of a list without rows (`kit/empty`). */
export interface EmptyView {
  readonly title: string;
  readonly text: string;
  readonly href?: string;
  readonly label?: string;
}

export interface ColumnView {
  readonly label: string;
  readonly isNumber?: boolean;
  /** Takes what room there is, and is cut where a dense row has not enough; the whole text is its title. */
  readonly isLong?: boolean;
  /** Stands back while a row is shown beside the table, where there is no room for both. */
  readonly isLess?: boolean;
  /** Sorts by it, or the other way round. */
  readonly href?: string;
  readonly sort?: 'ascending' | 'descending';
}

export type CellView =
  | string
  | { readonly text: string; readonly href?: string; readonly note?: string }
  | { readonly badge: BadgeView };

/** Rows and columns (`kit/table`). The first cell names its row; a link in it opens with a click anywhere on the row. */
export interface TableView {
  readonly caption: string;
  /** The heading above says it: for readers of the table alone. */
  readonly isCaptionUnseen?: boolean;
  /** Rows of 38 px, for people who work with them all day. */
  readonly isDense?: boolean;
  /** Has many columns: where they have no room, the table is scrolled, by keyboard too. */
  readonly isWide?: boolean;
  readonly columns: readonly ColumnView[];
  readonly rows: readonly {
    readonly cells: readonly CellView[];
    /** Is shown beside the table. */
    readonly isCurrent?: boolean;
    /** What its box sends, with `select`; without one it cannot be chosen. */
    readonly value?: string;
  }[];
  /** Boxes of a form elsewhere on the page, `form`, that choose rows. */
  readonly select?: { readonly form: string; readonly name: string; readonly label: string };
  /** Totals of all that was found, not of this page alone. */
  readonly foot?: readonly (string | { readonly text: string; readonly href?: string })[];
  readonly empty?: EmptyView;
}

/** What a list is filtered by (`kit/filter`): a form of the address, so that a view can be sent to a colleague. */
export interface FilterView {
  readonly action: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly value?: string;
    readonly type?: string;
    readonly hint?: string;
    readonly suffix?: string;
    readonly inputmode?: string;
    readonly options?: readonly { readonly value: string; readonly label: string }[];
  }[];
  /** What the form keeps of the address, without a field. */
  readonly kept?: Readonly<Record<string, string>>;
  /** Each in words, with the address without it. */
  readonly active: readonly LinkView[];
  /** All without a filter. */
  readonly clearHref: string;
  /** How many were found, in words. */
  readonly found: string;
  /** Of the button, where the form does not filter. */
  readonly submit?: string;
  readonly download?: LinkView;
}

/** Parts of a subject, each at its own address (`kit/tabs`). */
export interface TabsView {
  readonly label: string;
  readonly tabs: readonly (LinkView & { readonly count?: string; readonly isCurrent?: boolean })[];
}

/** A form that sends a file (`kit/upload`): the browser takes one that is dropped on the field, without a script. */
export interface UploadView {
  /** Of the field. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** `.csv` */
  readonly accept?: string;
  /** A choice that is sent with the file. */
  readonly check?: { readonly name: string; readonly label: string; readonly hint?: string };
  readonly action: string;
  readonly submit: string;
  readonly formName: string;
}

/** What happened, oldest first (`kit/timeline`). */
export interface StepView {
  readonly at: string;
  readonly when: string;
  readonly text: string;
  readonly who?: string;
  readonly note?: string;
  readonly tone?: 'good' | 'warn' | 'bad' | 'waiting';
}

/** How far something is (`kit/progress`). Without a value it is not known. */
export interface ProgressView {
  readonly label: string;
  readonly text: string;
  readonly max: number;
  readonly value?: number;
  readonly tone?: 'good' | 'warn' | 'bad';
}

/** A picture of figures, and the figures (`kit/chart`). */
export interface ChartView {
  readonly title: string;
  /** The picture in one sentence, for who does not see it. */
  readonly alt: string;
  readonly src: string;
  readonly table: TableView;
}

/** Asks before what cannot be undone (`kit/confirm`). */
export interface ConfirmView {
  readonly title: string;
  readonly texts?: readonly string[];
  readonly facts?: readonly FactView[];
  readonly banner?: {
    readonly tone: 'info' | 'good' | 'warn' | 'bad';
    readonly title?: string;
    readonly text: string;
  };
  /** Of `kit/field`, for a reason. */
  readonly fields?: readonly {
    readonly name: string;
    readonly label: string;
    readonly hint?: string;
    readonly rows?: number;
    /** What stands there to begin with. */
    readonly value?: string;
    readonly options?: readonly { readonly value: string; readonly label: string }[];
    readonly isOptional?: boolean;
  }[];
  /** What the form sends of the page as it was seen. */
  readonly hidden?: readonly { readonly name: string; readonly value: string }[];
  readonly formName?: string;
  readonly action: string;
  readonly label: string;
  readonly back: string;
  readonly isDanger?: boolean;
}
