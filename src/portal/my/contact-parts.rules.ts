import type { Locale } from '../../shared/money.ts';
import { MAX_MESSAGE } from '../../shared/message-text.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { PurchaseRef } from '../../purchases/purchase-subject.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import { consentHref, purchaseHref, subscriptionHref } from './my-parts.rules.ts';

/** A notice (`kit/banner`). */
export interface BannerView {
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title?: string;
  readonly text: string;
}

/** A field of several lines (`kit/field`). */
export interface TextView {
  readonly name: 'text';
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
  readonly maxlength: number;
  readonly isOptional?: true;
}

export function textView(label: string, hint: string, more: Pick<TextView, 'isOptional'> = {}): TextView {
  return { name: 'text', label, hint, rows: 6, maxlength: MAX_MESSAGE, ...more };
}

interface Names {
  readonly company: { readonly ja: string; readonly en: string };
  readonly service: { readonly ja: string; readonly en: string };
}

/** Company and service of a seller in the reader's language. */
export function sellerName({ company, service }: Names, { language }: { readonly language: Locale }): string {
  return language === 'ja' ? `${company.ja}・${service.ja}` : `${company.en}, ${service.en}`;
}

/** The page of a purchase, a subscription or a consent. */
export function subjectHref({ kind, id }: PurchaseRef): string {
  const pages = { charge: purchaseHref, subscription: subscriptionHref, consent: consentHref } as const;
  return pages[kind](id);
}

/** The pages below a purchase: `…/message`, `…/report`. They take the identifiers of subscriptions and consents too. */
export function contactHref({ kind, id }: PurchaseRef, page: 'message' | 'report'): string {
  return `/my/purchases/${publicId(kind, id)}/${page}`;
}

/** Why somebody who is signed in from elsewhere can only read. */
export function elsewhereBanner({ t }: Pick<ViewFrame, 't'>): BannerView {
  return { tone: 'info', title: t('my.message.elsewhere.title'), text: t('my.message.elsewhere') };
}
