import type { SourceFile } from '../../../shared/datasets'
import { bridge } from './bridge'

/** Above this many bytes a file goes by its path, where there is one. */
const byPathAbove = 16 * 1024 * 1024

/** A dropped or chosen file as the API takes it: its bytes, or on the desktop a large one's path. */
export async function sourceFile(file: File): Promise<SourceFile> {
  if (file.size > byPathAbove) {
    const path = bridge()?.grantPath(file) ?? ''
    if (path !== '') return { name: file.name, content: { path } }
  }
  return { name: file.name, content: { bytes: new Uint8Array(await file.arrayBuffer()) } }
}
