import type { Area } from '../../kit/console-area.ts';
import { companyPage } from './company.pages.ts';

/** Who sells what, for callers who ask about a seller. */
export const companiesArea: Area = { pages: [companyPage] };
