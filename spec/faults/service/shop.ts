import { authorizeCharge } from '../../../src/charges/authorize-charge.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import type { Deps } from '../../../src/deps.ts';
import type { ClosingGroup } from '../../../src/shared/calendar.rules.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { makeApiKey, makeConsent, makeLine, makeSale, makeSubscriber } from '../../support/factories.ts';
import { keyOf, signedIn } from '../../support/actors.ts';

/** A company that sells, lines that have granted it a consent, and one-time charges to capture. */
export interface Shop {
  readonly token: string;
  readonly serviceCode: string;
  /** Public identifiers. */
  readonly consents: readonly string[];
  readonly authorized: readonly string[];
}

export interface ShopSize {
  readonly lines: number;
  readonly authorized: number;
  /** Closing groups of the lines in turn; by default all close at the month end. */
  readonly closingGroups?: readonly ClosingGroup[];
}

/** Amount of the one-time charges; usage charges have amounts of their own. */
export const ONE_TIME_AMOUNT = 700;

export async function makeShop(deps: Deps, { closingGroups = [31], ...size }: ShopSize): Promise<Shop> {
  const sale = await makeSale(deps);
  const { company, service } = sale;
  const { token } = await makeApiKey(deps, { companyId: company.id });
  const seller = { companyId: company.id, serviceCode: service.code };
  const consents: string[] = [];
  const authorized: string[] = [];
  for (let n = 0; n < size.lines; n += 1) {
    // Small and all of one group, so that many transactions meet on the same lines.
    const closingGroup = closingGroups[n % closingGroups.length]!;
    const { lineId } = await makeLine(deps, { closingGroup });
    const { id: subscriberId } = await makeSubscriber(deps, { lineId });
    const consent = await makeConsent(deps, {
      companyId: company.id,
      serviceId: service.id,
      subscriberId,
      lineId,
    });
    consents.push(publicId('consent', consent.id));
  }
  for (let n = 0; n < size.authorized; n += 1) {
    const input = {
      description: 'film',
      taxCode: 'standard' as const,
      returnUrl: 'https://shop.example/done',
    };
    const amountMinor = BigInt(ONE_TIME_AMOUNT);
    const { id } = await createCharge(deps, keyOf(seller.companyId), {
      serviceCode: seller.serviceCode,
      ...input,
      amountMinor,
      automaticCapture: false,
    });
    await authorizeCharge(deps, signedIn(sale.buyer), { chargeId: id });
    authorized.push(publicId('charge', id));
  }
  return { token, serviceCode: service.code, consents, authorized };
}
