import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A content, stored once however often it is uploaded. */
@Entity('blobs')
@Check('blobs_addressed_by_content', "sha256 = encode(sha256(content), 'hex')")
export class BlobRow {
  @PrimaryColumn('text') sha256: string;
  @Column('bytea') content: Buffer;
}

/** An upload to a case. */
@Entity('documents')
@Check('documents_bytes', 'bytes > 0')
export class DocumentRow {
  @PrimaryColumn('uuid') id: string;
  @Index('documents_case')
  @Column('text', { name: 'case_id' }) caseId: string;
  @Column('text') kind: string;
  @Column('text') name: string;
  @Column('integer') bytes: number;
  @ForeignKey(() => BlobRow, { name: 'documents_content' })
  @Column('text') sha256: string;
  @Column('text', { name: 'uploaded_by' }) uploadedBy: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}
