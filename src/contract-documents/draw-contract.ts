import type { ContractContent } from '../../templates/contract/contract.types.ts';
import type { Actor } from '../access/actor.ts';
import { getCompany, listContracts } from '../companies/company.queries.ts';
import type { Contract } from '../contracts/contract.entity.ts';
import type { Deps } from '../deps.ts';
import { contractDocument } from '../rendering/printed-document.ts';
import { addDays } from '../shared/calendar-date.rules.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import type { Locale } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { versionsDuring } from './contract-versions.rules.ts';
import { listVersionsOf } from '../tariffs/tariff.queries.ts';
import {
  findProposedTerms,
  getNamedCompany,
  listNamedServices,
  termsOfContract,
  type DocumentTerms,
} from './contract-document.queries.ts';

export interface ContractToDraw {
  readonly companyCode: string;
  /** The day on which it begins. */
  readonly validFrom: string;
  readonly language: Locale;
}

/**
 * A contract as a PDF, or one that is proposed as a draft, marked so. The company is named as documents of the contract's first day
 * name it, its services as those of today.
 * @throws Problem `permission-denied`, `company-not-found`, `contract-not-found`; `service-unavailable` when too many are being drawn
 */
export async function drawContract(deps: Deps, actor: Actor, input: ContractToDraw): Promise<DownloadedFile> {
  const { companyCode, validFrom, language } = input;
  const company = await getCompany(deps, actor, companyCode);
  const contracts = await listContracts(deps, actor, companyCode);
  const contract = contracts.find((one) => one.validFrom === validFrom);
  const terms = contract ? termsOfContract(contract) : await findProposedTerms(deps, input, actor);
  if (!terms) throw new Problem('contract-not-found');
  const content = await describeContract(deps, { input, companyId: company.id, contract, terms });
  const body = await deps.documents.draw(contractDocument(content));
  const draft = content.isDraft ? 'draft-' : '';
  return { filename: `${draft}contract-${content.number}-${language}.pdf`, type: 'application/pdf', body };
}

interface ToDescribe {
  readonly input: ContractToDraw;
  readonly companyId: number;
  readonly contract: Contract | undefined;
  readonly terms: DocumentTerms;
}

/** What the document says, for who was allowed to read the contract. */
export async function describeContract(
  deps: Deps,
  { input: { companyCode, language }, companyId, contract, terms }: ToDescribe,
): Promise<ContractContent> {
  const { config, clock } = deps;
  const { validFrom, validTo = null, tariffCode } = terms;
  const isEnglish = language === 'en';
  const today = businessDateOf(clock.now(), config.timeZone);
  const company = await getNamedCompany(deps, companyId, validFrom);
  const services = await listNamedServices(deps, companyId, today);
  const tariffs = await listVersionsOf(deps, tariffCode);
  const { tariffName, versions } = versionsDuring(tariffs, { validFrom, validTo }, language);
  return {
    language,
    isDraft: contract === undefined,
    number: `${companyCode}-${validFrom.replaceAll('-', '')}`,
    issuedOn: today,
    concludedOn: contract ? businessDateOf(contract.createdAt, config.timeZone) : null,
    validFrom,
    lastDay: validTo === null ? null : addDays(validTo, -1),
    carrier: carrierOf(deps, language),
    company: {
      name: isEnglish ? company.nameEn : company.name,
      code: companyCode,
      address: company.address,
      registrationNumber: registrationOn(company, validFrom),
      asOf: validFrom,
    },
    services: services.map(({ name, nameEn, code, site, state }) => ({
      name: isEnglish ? nameEn : name,
      code,
      site,
      isSuspended: state === 'suspended',
    })),
    servicesAsOf: today,
    terms: shownTerms(terms),
    tariffCode,
    tariffName,
    versions,
    clauses: config.contractClauses
      .filter(({ legalModel = terms.legalModel }) => legalModel === terms.legalModel)
      .map(({ title, titleEn, text, textEn }) =>
        isEnglish ? { title: titleEn, text: textEn } : { title, text },
      ),
  };
}

function carrierOf({ config: { carrier } }: Deps, language: Locale): ContractContent['carrier'] {
  const { address, registrationNumber } = carrier;
  return { name: language === 'en' ? carrier.nameEn : carrier.name, address, registrationNumber };
}

/** The registration number of a company that is registered on the day (end excluded). */
function registrationOn(
  { registrationNumber, registeredFrom, registeredTo }: Awaited<ReturnType<typeof getNamedCompany>>,
  day: string,
): string | null {
  const isInForce = (registeredFrom ?? '') <= day && (registeredTo === null || day < registeredTo);
  return isInForce ? registrationNumber : null;
}

/** Plain data alone: a thread takes nothing of the row. */
function shownTerms(terms: DocumentTerms): ContractContent['terms'] {
  const { legalModel, settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor } = terms;
  const { feeBearer, transferFeeMinor, payoutMonths, payoutDay, payoutBankDay } = terms;
  const { perChargeMaxMinor, lateCharges, authorizationDays, refundDays, partialRefunds } = terms;
  const { signedRequests } = terms;
  const fees = { legalModel, settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor };
  const payout = { feeBearer, transferFeeMinor, payoutMonths, payoutDay, payoutBankDay };
  return {
    ...fees,
    ...payout,
    perChargeMaxMinor,
    lateCharges,
    authorizationDays,
    refundDays,
    partialRefunds,
    signedRequests,
  };
}
