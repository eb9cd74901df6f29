/* A workbook of one sheet, written as the rows come. Text stands in the cells themselves (inline strings), which nothing
 * takes for a formula; dates are days with a date's look, money numbers with two decimals. Headings are field ids as in
 * CSV, the values as people see them. */
#include "format.h"
#include "zip.h"

#include <string.h>

#define MOST 1048575          /* rows of a sheet, less the headings */
#define CELL_MOST 32767       /* UTF-16 units in a cell; more and spreadsheets refuse the whole file */
#define DAY_ZERO 25569        /* the number of 1 January 1970; days before March 1900 are counted wrongly there */
#define FIRST_DAY (61 - DAY_ZERO)
#define ENOUGH (64 * 1024)

typedef enum { LOOK_NONE, LOOK_HEADING, LOOK_DATE, LOOK_TIME, LOOK_MONEY } Look;

typedef struct {
  ClZip *zip;
  GString *sheet;
} Xlsx;

static const char content_types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
    "</Types>";
static const char package_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
    "</Relationships>";
static const char workbook[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
    "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char workbook_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
    "</Relationships>";
/* %s: how days are written, twice. Number format 4 is "#,##0.00" everywhere. */
static const char styles[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"%s\"/><numFmt numFmtId=\"165\" formatCode=\"%s\\ hh:mm\"/></numFmts>"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/* ---- cells ------------------------------------------------------------------------- */

/* "C12" */
static void append_place(GString *text, gsize column, gint64 row) {
  char letters[8];
  int at = sizeof letters;
  for (gsize rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters[--at] = (char)('A' + (rest - 1) % 26);
  g_string_append_len(text, letters + at, (gssize)sizeof letters - at);
  cl_format_whole(text, row);
}

/* "_x0041_" means A to spreadsheets; where that was meant literally its "_" is written so itself. */
static gboolean is_code(const char *at) {
  return at[0] == '_' && at[1] == 'x' && g_ascii_isxdigit(at[2]) && g_ascii_isxdigit(at[3]) && g_ascii_isxdigit(at[4]) &&
         g_ascii_isxdigit(at[5]) && at[6] == '_';
}

static void append_text(GString *text, const char *s) {
  int units = 0;
  while (*s && units < CELL_MOST - 1) {
    gunichar letter = g_utf8_get_char(s);
    const char *next = g_utf8_next_char(s);
    const char *known = letter == '&' ? "&amp;" : letter == '<' ? "&lt;" : letter == '>' ? "&gt;" : is_code(s) ? "_x005F_" : NULL;
    if (known)
      g_string_append(text, known);
    else if ((letter < 0x20 && letter != '\n' && letter != '\t') || letter == 0xFFFE || letter == 0xFFFF)
      g_string_append(text, "\xEF\xBF\xBD");
    else
      g_string_append_len(text, s, next - s);
    units += letter > 0xFFFF ? 2 : 1;
    s = next;
  }
  if (*s)
    g_string_append(text, "…");
}

static void add_text(GString *text, gsize column, gint64 row, Look look, const char *s) {
  g_string_append(text, "<c r=\"");
  append_place(text, column, row);
  g_string_append(text, look == LOOK_HEADING ? "\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" : "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
  append_text(text, s);
  g_string_append(text, "</t></is></c>");
}

static void begin_number(GString *text, gsize column, gint64 row, Look look) {
  g_string_append(text, "<c r=\"");
  append_place(text, column, row);
  if (look)
    g_string_append_printf(text, "\" s=\"%d", (int)look);
  g_string_append(text, "\"><v>");
}

/* Days as numbers, and a time's part of the day; FALSE where a spreadsheet cannot count them. */
static gboolean add_day(GString *text, gsize column, gint64 row, Look look, gint64 value) {
  int second = 0;
  ClDate date = look == LOOK_TIME ? cl_time_to_local(value, &second) : (ClDate)value;
  int year, month, day;
  cl_date_to_ymd(date, &year, &month, &day);
  if (date == CL_DATE_NONE || date < FIRST_DAY || year > 9999)
    return FALSE;
  begin_number(text, column, row, look);
  cl_format_whole(text, (gint64)date + DAY_ZERO);
  if (second) {
    char part[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(part, sizeof part, "%.9f", second / 86400.0);
    g_string_append(text, part + 1);
  }
  g_string_append(text, "</v></c>");
  return TRUE;
}

static void add_number(GString *text, gsize column, gint64 row, const ClField *field, gint64 value) {
  begin_number(text, column, row, field->type == CL_TYPE_MONEY ? LOOK_MONEY : LOOK_NONE);
  if (field->type == CL_TYPE_INT)
    cl_format_whole(text, value);
  else
    cl_format_decimal(text, value, FALSE);
  g_string_append(text, "</v></c>");
}

/* A number as one, anything else as people see it. */
static void add_cell(GString *text, gsize column, gint64 row, const ClField *field, const ClValue *cell, const ClLocale *locale) {
  gboolean days = field->type == CL_TYPE_DATE || field->type == CL_TYPE_TIME;
  if (cell->tag == CL_VALUE_NONE)
    return;
  if (cell->tag == CL_VALUE_INT && days &&
      add_day(text, column, row, field->type == CL_TYPE_DATE ? LOOK_DATE : LOOK_TIME, cell->i))
    return;
  gboolean number = field->type == CL_TYPE_MONEY || field->type == CL_TYPE_NUMBER || field->type == CL_TYPE_INT;
  if (cell->tag == CL_VALUE_INT && number) {
    add_number(text, column, row, field, cell->i);
  } else {
    g_autofree char *shown = days ? cl_value_to_machine(field, cell) : cl_value_to_text(field, cell, locale);
    add_text(text, column, row, LOOK_NONE, shown);
  }
}

/* ---- the sheet ---------------------------------------------------------------------- */

static void add_headings(GString *text, const ClWriting *writing) {
  g_string_append(text, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                        "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
                        "state=\"frozen\"/></sheetView></sheetViews><cols>");
  for (gsize i = 0; i < writing->n; i++)
    g_string_append_printf(text, "<col min=\"%d\" max=\"%d\" width=\"%d\" customWidth=\"1\"/>", (int)i + 1, (int)i + 1,
                           CLAMP(cl_field_width(writing->columns[i].field) + 3, 10, 60));
  g_string_append(text, "</cols><sheetData><row r=\"1\">");
  for (gsize i = 0; i < writing->n; i++) {
    g_autofree char *id = cl_column_dup_id(&writing->columns[i]);
    add_text(text, i, 1, LOOK_HEADING, id);
  }
  g_string_append(text, "</row>");
}

/* The look of a day, in the organisation's order. */
static char *dup_styles(const ClLocale *locale) {
  const char *day = locale->order == CL_ORDER_DMY ? "dd/mm/yyyy" : locale->order == CL_ORDER_MDY ? "mm/dd/yyyy" : "yyyy\\-mm\\-dd";
  return g_strdup_printf(styles, day, day);
}

static gboolean begin_xlsx(const ClWriting *writing, gpointer *state, GError **error) {
  Xlsx *xlsx = *state = g_new0(Xlsx, 1);
  g_autofree char *looks = dup_styles(writing->locale);
  xlsx->zip = cl_zip_new(writing->file);
  xlsx->sheet = g_string_sized_new(ENOUGH + 4096);
  if (!cl_zip_add(xlsx->zip, "[Content_Types].xml", content_types, error) || !cl_zip_add(xlsx->zip, "_rels/.rels", package_relations, error) ||
      !cl_zip_add(xlsx->zip, "xl/workbook.xml", workbook, error) ||
      !cl_zip_add(xlsx->zip, "xl/_rels/workbook.xml.rels", workbook_relations, error) ||
      !cl_zip_add(xlsx->zip, "xl/styles.xml", looks, error))
    return FALSE;
  cl_zip_begin(xlsx->zip, "xl/worksheets/sheet1.xml");
  add_headings(xlsx->sheet, writing);
  return TRUE;
}

static gboolean pack(Xlsx *xlsx, gsize enough, GError **error) {
  if (xlsx->sheet->len < enough)
    return TRUE;
  gboolean good = cl_zip_write(xlsx->zip, xlsx->sheet->str, xlsx->sheet->len, error);
  g_string_truncate(xlsx->sheet, 0);
  return good;
}

static gboolean add_row(gpointer state, const ClWriting *writing, const ClRow *row, gint64 before, GError **error) {
  Xlsx *xlsx = state;
  gint64 number = before + 2;
  g_string_append(xlsx->sheet, "<row r=\"");
  cl_format_whole(xlsx->sheet, number);
  g_string_append(xlsx->sheet, "\">");
  for (gsize i = 0; i < writing->n; i++)
    add_cell(xlsx->sheet, i, number, writing->columns[i].field, &row->cells[i], writing->locale);
  g_string_append(xlsx->sheet, "</row>");
  return pack(xlsx, ENOUGH, error);
}

static gboolean end_xlsx(gpointer state, const ClWriting *writing, gint64 rows, GError **error) {
  Xlsx *xlsx = state;
  g_string_append(xlsx->sheet, "</sheetData><autoFilter ref=\"A1:");
  append_place(xlsx->sheet, writing->n - 1, rows + 1);
  g_string_append(xlsx->sheet, "\"/></worksheet>");
  return pack(xlsx, 0, error) && cl_zip_end(xlsx->zip, error) && cl_zip_finish(xlsx->zip, error);
}

static void free_xlsx(gpointer state) {
  Xlsx *xlsx = state;
  cl_zip_free(xlsx->zip);
  g_string_free(xlsx->sheet, TRUE);
  g_free(xlsx);
}

const ClFormat cl_format_xlsx = {
  .id = "xlsx", .ending = ".xlsx", .most = MOST, .what = "A spreadsheet",
  .begin = begin_xlsx, .row = add_row, .end = end_xlsx, .free = free_xlsx
};
