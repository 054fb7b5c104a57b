import type { ExpectedInvoice } from '../../purchases/purchase-preview.rules.ts';
import type { Currency, Locale } from '../../shared/money.ts';
import type { TaxRate } from '../../shared/tax.rules.ts';
import type { JoiningHistory } from '../../subscriptions/coming-charges.rules.ts';
import type { Format } from '../kit/format.rules.ts';
import type { Translate } from '../messages/translate.ts';

/** The language, the day and, once the buyer is known, the buyer's circumstances in which an order is described. */
export interface OrderTerms extends BuyerTerms {
  readonly language: Locale;
  readonly t: Translate;
  readonly format: Pick<Format, 'date' | 'month'>;
  readonly currency: Currency;
  /** Determines the tax rate and the first charge. */
  readonly businessDate: string;
  readonly taxRates: readonly TaxRate[];
}

/** What is known of the buyer: what they and their line have had of the item, and the invoices that their charges will be on. */
export interface BuyerTerms extends JoiningHistory {
  readonly invoices?: readonly ExpectedInvoice[] | undefined;
}
