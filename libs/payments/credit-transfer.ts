export const checkTransfers = (_: unknown): { code: string; endToEndId: string | null }[] => [];
export const creditTransferXml = (file: unknown): Uint8Array => Buffer.from(JSON.stringify(file));
export const checkCreditTransferXml = (_: unknown): unknown[] => [];
