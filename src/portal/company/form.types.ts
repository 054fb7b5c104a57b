import type { FactView, HeadView } from '../kit/component.types.ts';
import type { PageView } from '../kit/define-page.ts';
import type { SectionsView } from '../kit/sections.types.ts';

/** A field of a form, as the kit's parts show it. */
export interface FormFieldView {
  readonly kind?: 'check' | 'choices';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly type?: string;
  /** A text of several lines. */
  readonly rows?: number;
  readonly inputmode?: string;
  readonly isShort?: boolean;
  readonly isOptional?: boolean;
  readonly isChecked?: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
}

/** A page with one form (`company/form`). */
export interface FormPageView extends PageView, HeadView {
  readonly banners: NonNullable<SectionsView['banners']>;
  /** How it is now, where the form shows what it is to be. */
  readonly facts?: readonly FactView[];
  readonly formName: string;
  readonly action: string;
  /** What the form sends without showing it. Shown again after a refusal, it sends what it sent before. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly title: string; readonly fields: readonly FormFieldView[] }[];
  readonly label: string;
  readonly back: string;
}

/** A page that shows a secret once, right after it was made (`company/secret`). */
export interface SecretView extends PageView, HeadView {
  readonly banners: NonNullable<SectionsView['banners']>;
  readonly secretTitle: string;
  readonly copy: { readonly name: string; readonly text: string };
  readonly facts: readonly FactView[];
  readonly back: string;
  readonly backLabel: string;
}
