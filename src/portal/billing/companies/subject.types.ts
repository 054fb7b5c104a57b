import type {
  BadgeView,
  ChartView,
  FactView,
  HeadView,
  LinkView,
  StepView,
  TableView,
  TabsView,
} from '../../kit/component.types.ts';
import type { PageView } from '../../kit/define-page.ts';

export interface BannerView {
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title?: string;
  readonly text: string;
}

/** A card of a subject's page: what it has of these, in this order. */
export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly badge?: BadgeView;
  readonly texts?: readonly string[];
  readonly facts?: readonly FactView[];
  readonly timeline?: readonly StepView[];
  readonly chart?: ChartView;
  readonly table?: TableView;
  readonly links?: readonly LinkView[];
}

/** A page about one subject (`billing/subject`). */
export interface SubjectView extends PageView, HeadView {
  readonly parts?: TabsView;
  readonly banners: readonly BannerView[];
  readonly sections: readonly SectionView[];
}

/** A field of a form, as the kit's parts show it. */
export interface FormFieldView {
  readonly kind?: 'check' | 'choices';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly type?: string;
  readonly rows?: number;
  readonly suffix?: string;
  readonly inputmode?: string;
  readonly isOptional?: boolean;
  readonly isShort?: boolean;
  readonly isChecked?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
}

/** A page with one form (`billing/subject-form`). */
export interface FormPageView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly formName: string;
  readonly action: string;
  /** What the form sends without showing it. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly title: string; readonly fields: readonly FormFieldView[] }[];
  readonly label: string;
  readonly back: string;
}
