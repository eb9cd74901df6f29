/* Sizes and checksums follow each part (general purpose bit 3), as every reader of spreadsheets understands: so the file
 * is never gone back in. */
#include "zip.h"

#include <string.h>
#include <zlib.h>

#define PART (64 * 1024)
#define FLAGS 0x0808 /* sizes follow; names are UTF-8 */
#define VERSION 20
#define DEFLATED 8
#define DAY_ONE 0x21 /* 1 January 1980: the day of writing is nobody's business */

typedef struct {
  char *name;
  guint32 crc, packed, size, offset;
} Part;

struct ClZip {
  ClOutfile *file;
  GArray *parts;
  Part part;
  guint64 written, size, packed; /* of the archive; of the part */
  z_stream stream;
  gboolean packing;
};

static void part_clear(gpointer data) {
  g_free(((Part *)data)->name);
}

ClZip *cl_zip_new(ClOutfile *file) {
  ClZip *zip = g_new0(ClZip, 1);
  zip->file = file;
  zip->parts = g_array_new(FALSE, FALSE, sizeof(Part));
  g_array_set_clear_func(zip->parts, part_clear);
  return zip;
}

/* Numbers are little-endian. */
static void put(ClZip *zip, guint64 value, int bytes) {
  for (int i = 0; i < bytes; i++)
    g_string_append_c(cl_outfile_text(zip->file), (char)(value >> (8 * i) & 0xFF));
  zip->written += (guint64)bytes;
}

static void put_text(ClZip *zip, const char *text) {
  g_string_append(cl_outfile_text(zip->file), text);
  zip->written += strlen(text);
}

void cl_zip_begin(ClZip *zip, const char *name) {
  zip->part = (Part){ .name = g_strdup(name), .crc = (guint32)crc32(0, NULL, 0), .offset = (guint32)zip->written };
  zip->size = zip->packed = 0;
  put(zip, 0x04034B50, 4);
  put(zip, VERSION, 2);
  put(zip, FLAGS, 2);
  put(zip, DEFLATED, 2);
  put(zip, 0, 2);
  put(zip, DAY_ONE, 2);
  put(zip, 0, 4);
  put(zip, 0, 4);
  put(zip, 0, 4);
  put(zip, (guint32)strlen(name), 2);
  put(zip, 0, 2);
  put_text(zip, name);
  memset(&zip->stream, 0, sizeof zip->stream);
  zip->packing = deflateInit2(&zip->stream, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
}

static gboolean pack(ClZip *zip, int flush, GError **error) {
  Bytef out[PART];
  if (!zip->packing) {
    g_set_error_literal(error, CL_ERROR, CL_ERROR_FAILED, "There is too little memory to pack the file. Nothing was written.");
    return FALSE;
  }
  do {
    zip->stream.next_out = out;
    zip->stream.avail_out = sizeof out;
    deflate(&zip->stream, flush);
    gsize n = sizeof out - zip->stream.avail_out;
    g_string_append_len(cl_outfile_text(zip->file), (const char *)out, (gssize)n);
    zip->packed += n;
    zip->written += n;
    if (!cl_outfile_flush(zip->file, error))
      return FALSE;
  } while (zip->stream.avail_out == 0);
  if (zip->size <= G_MAXUINT32 && zip->written <= G_MAXUINT32)
    return TRUE;
  g_set_error(error, CL_ERROR, CL_ERROR_FAILED,
              "This is more than the 4 GB that such a file can hold. Nothing was written: take fewer columns, narrow the filter, or choose CSV.");
  return FALSE;
}

gboolean cl_zip_write(ClZip *zip, const char *bytes, gsize n, GError **error) {
  gboolean good = TRUE;
  while (n > 0 && good) {
    uInt some = (uInt)MIN(n, (gsize)1 << 30);
    zip->part.crc = (guint32)crc32(zip->part.crc, (const Bytef *)bytes, some);
    zip->size += some;
    zip->stream.next_in = (z_const Bytef *)bytes;
    zip->stream.avail_in = some;
    good = pack(zip, Z_NO_FLUSH, error);
    bytes += some;
    n -= some;
  }
  return good;
}

gboolean cl_zip_end(ClZip *zip, GError **error) {
  gboolean good = pack(zip, Z_FINISH, error);
  if (zip->packing)
    deflateEnd(&zip->stream);
  zip->packing = FALSE;
  zip->part.packed = (guint32)zip->packed;
  zip->part.size = (guint32)zip->size;
  put(zip, 0x08074B50, 4);
  put(zip, zip->part.crc, 4);
  put(zip, zip->part.packed, 4);
  put(zip, zip->part.size, 4);
  g_array_append_val(zip->parts, zip->part);
  zip->part.name = NULL;
  return good;
}

gboolean cl_zip_add(ClZip *zip, const char *name, const char *text, GError **error) {
  cl_zip_begin(zip, name);
  return cl_zip_write(zip, text, strlen(text), error) && cl_zip_end(zip, error);
}

gboolean cl_zip_finish(ClZip *zip, GError **error) {
  guint32 begins = (guint32)zip->written;
  for (guint i = 0; i < zip->parts->len; i++) {
    const Part *part = &g_array_index(zip->parts, Part, i);
    put(zip, 0x02014B50, 4);
    put(zip, VERSION, 2);
    put(zip, VERSION, 2);
    put(zip, FLAGS, 2);
    put(zip, DEFLATED, 2);
    put(zip, 0, 2);
    put(zip, DAY_ONE, 2);
    put(zip, part->crc, 4);
    put(zip, part->packed, 4);
    put(zip, part->size, 4);
    put(zip, (guint32)strlen(part->name), 2);
    put(zip, 0, 2 + 2 + 2);
    put(zip, 0, 2 + 4);
    put(zip, part->offset, 4);
    put_text(zip, part->name);
  }
  guint32 size = (guint32)zip->written - begins;
  put(zip, 0x06054B50, 4);
  put(zip, 0, 2 + 2);
  put(zip, zip->parts->len, 2);
  put(zip, zip->parts->len, 2);
  put(zip, size, 4);
  put(zip, begins, 4);
  put(zip, 0, 2);
  return cl_outfile_flush(zip->file, error);
}

void cl_zip_free(ClZip *zip) {
  if (!zip)
    return;
  if (zip->packing)
    deflateEnd(&zip->stream);
  g_free(zip->part.name);
  g_array_unref(zip->parts);
  g_free(zip);
}
