import type { Deps } from '../../../src/deps.ts';
import {
  makeApiKey,
  makeCompany,
  makeConsent,
  makeContract,
  makeLine,
  makeService,
  makeSubscriber,
} from '../../support/factories.ts';
import type { CompanyPlan, ContractPlan, WorldPlan } from '../plan/world-plan.ts';
import type { Names } from './names.ts';

export const SITE = 'https://shop.example';

/** Before any world begins. */
const LONG_AGO = new Date('2010-01-01T00:00:00.000Z');
const agreed = { createdAt: LONG_AGO, agreedAt: LONG_AGO };

/** Puts a planned world into an empty database. */
export async function createService(deps: Deps, plan: WorldPlan, names: Names): Promise<void> {
  for (const company of plan.companies) await foundCompany(deps, company, names);
  for (const { line: lineId, group, holderFrom, birthDate } of plan.lines) {
    const holder = { validFrom: holderFrom, holder: `${lineId} first`, birthDate };
    await makeLine(deps, { lineId, closingGroup: group, holder });
  }
  const heldFrom = new Map(plan.lines.map(({ line, holderFrom }) => [line, holderFrom]));
  for (const { subscriber, line: lineId, slot } of plan.subscribers) {
    const holderFrom = heldFrom.get(lineId)!;
    const { id, issuedId } = await makeSubscriber(deps, { lineId, holderFrom, slot });
    names.subscribers.set(subscriber, id);
    names.issuedIds.set(subscriber, issuedId);
    names.buyers.set(subscriber, { subscriberId: id, lineId, holderFrom });
  }
  for (const { consent, company, service, subscriber } of plan.consents) {
    const buyer = names.buyers.get(subscriber)!;
    const companyId = names.companies.idOf(company)!;
    const serviceId = names.services.idOf(`${company}/${service}`)!;
    names.consents.set(consent, (await makeConsent(deps, { ...buyer, companyId, serviceId, ...agreed })).id);
  }
}

async function foundCompany(deps: Deps, plan: CompanyPlan, names: Names): Promise<void> {
  const { company, services, registered, contract } = plan;
  const { id: companyId } = await makeCompany(deps, {
    code: company,
    registrationNumber: registered ? 'T4011001098993' : null,
    registeredFrom: registered?.from ?? null,
    registeredTo: registered?.to ?? null,
  });
  names.companies.set(company, companyId);
  names.tokens.set(company, (await makeApiKey(deps, { companyId })).token);
  for (const code of services) {
    const { id } = await makeService(deps, { companyId, code, siteOrigin: SITE });
    names.services.set(`${company}/${code}`, id);
  }
  await makeContract(deps, { companyId, ...contractColumns(contract) });
}

/** A contract in the service's words. */
export function contractColumns(contract: ContractPlan) {
  const { from, to, tariff, perChargeMax, setUpFee, minimumPayout, transferFee, model, basis, ...terms } =
    contract;
  const columns = {
    validFrom: from,
    validTo: to,
    tariffCode: tariff,
    legalModel: model,
    settlementBasis: basis,
    feeTaxable: model === 'agency',
    perChargeMaxMinor: BigInt(perChargeMax),
    setUpFeeMinor: BigInt(setUpFee),
    minimumPayoutMinor: BigInt(minimumPayout),
    feeBearer: transferFee > 0 ? ('company' as const) : ('carrier' as const),
    transferFeeMinor: BigInt(transferFee),
  };
  return { ...columns, ...terms };
}
