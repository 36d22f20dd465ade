import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A content, stored once however often it is uploaded. */
@Entity('blobs')
export class BlobRow {
  @PrimaryColumn('text') sha256: string;
  @Column('bytea') content: Buffer;
}

/** An upload to a case. */
@Entity('documents')
export class DocumentRow {
  @PrimaryColumn('uuid') id: string;
  @Index('documents_case')
  @Column('text', { name: 'case_id' }) caseId: string;
  @Column('text') kind: string;
  @Column('text') name: string;
  @Column('integer') bytes: number;
  @Column('text') sha256: string;
  @Column('text', { name: 'uploaded_by' }) uploadedBy: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}
