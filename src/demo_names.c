/* The names in the demo: people of many tongues and scripts, addresses in the style of three countries,
 * organisations. All invented; telephone numbers and domains are of the ranges kept for fiction. */
#include "demo_names.h"

#include <caseload/text.h>
#include <string.h>

typedef const char *const Words[];

/* ---- people ------------------------------------------------------------------ */

static Words english_f = {
    "Olivia", "Amelia", "Grace",     "Ruby",     "Chloe",    "Emily",    "Sophie",  "Lucy",  "Jessica",
    "Hannah", "Megan",  "Charlotte", "Isla",     "Evie",     "Poppy",    "Abigail", "Kylie", "Tracey",
    "Sharon", "Karen",  "Michelle",  "Rebecca",  "Samantha", "Danielle", "Stacey",  "Jodie", "Gemma",
    "Kirsty", "Leanne", "Dorothy",   "Margaret", "Patricia", "Heather",  "Zoë",     "Chloë", "Renée"};
static Words english_m = {"Oliver", "Jack",    "Harry",   "George", "Noah",   "Charlie", "Jacob",  "Alfie",
                          "Thomas", "William", "James",   "Ethan",  "Liam",   "Lachlan", "Cooper", "Darren",
                          "Wayne",  "Craig",   "Scott",   "Shane",  "Brett",  "Glenn",   "Kevin",  "Brian",
                          "Stuart", "Graham",  "Trevor",  "Nathan", "Jordan", "Kieran",  "Callum", "Rhys",
                          "Dylan",  "Tyler",   "Bradley", "Zachary"};
static Words english_n = {
    "Smith",    "Jones",        "Williams",   "Brown",  "Taylor",  "Wilson",   "Davies",   "Evans",
    "Thomas",   "Johnson",      "Roberts",    "Walker", "Wright",  "Robinson", "Thompson", "White",
    "Hughes",   "Edwards",      "Green",      "Hall",   "Wood",    "Harris",   "Lewis",    "Martin",
    "Jackson",  "Clarke",       "Clark",      "Turner", "Hill",    "Cooper",   "Ward",     "Morris",
    "Moore",    "Baker",        "Harrison",   "King",   "Allen",   "Mitchell", "Parker",   "Bennett",
    "Cook",     "Shaw",         "Richardson", "Ellis",  "Webb",    "Holmes",   "Palmer",   "Mason",
    "Gibson",   "Hunt",         "Lloyd",      "Barker", "Pearson", "Marsh",    "Fletcher", "Whitaker",
    "Ashworth", "Featherstone", "Hargreaves", "Brontë"};
static Words gaelic_f = {"Siobhán", "Aoife", "Niamh",   "Róisín", "Saoirse", "Ciara", "Máire",
                         "Sinéad",  "Orla",  "Gráinne", "Eilidh", "Mairi",   "Fiona"};
static Words gaelic_m = {"Seán",   "Pádraig", "Ciarán", "Eoin",   "Oisín", "Fionn", "Cormac",
                         "Ruairí", "Declan",  "Angus",  "Hamish", "Ewan",  "Tomás"};
static Words gaelic_n = {"O’Neill",       "O’Brien",  "O'Connor", "O’Sullivan", "O'Reilly",  "O’Donoghue",
                         "Murphy",        "Kelly",    "Byrne",    "Ryan",       "Walsh",     "Ní Dhomhnaill",
                         "Mac Cárthaigh", "McCarthy", "McDonald", "MacLeod",    "MacGregor", "McAllister",
                         "Campbell",      "Fraser",   "D’Arcy",   "Fitzgerald"};
static Words vietnamese_f = {"Thị Lan",   "Thị Hương",    "Ngọc Ánh", "Thu Hà",
                             "Bích Ngọc", "Thị Mỹ Duyên", "Phương",   "Tuyết"};
static Words vietnamese_m = {"Văn Ánh",   "Văn Đức",   "Minh Tuấn", "Quốc Bảo",
                             "Hữu Phước", "Đình Long", "Thanh Hải", "Hùng"};
static Words vietnamese_n = {"Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ"};
static Words chinese_f = {"Mei Ling", "Xiu Ying", "Jing", "Yan", "Li Na", "Hui Min", "Xiaoyan", "Yu Ting"};
static Words chinese_m = {"Wei", "Jian", "Ming", "Jun Hao", "Zhi Qiang", "Chi Wai", "Kwok Keung", "Hao Ran"};
static Words chinese_n = {"Wang", "Li",   "Zhang", "Liu",  "Chen", "Yang",   "Huang", "Zhao",
                          "Wu",   "Zhou", "Chan",  "Wong", "Lam",  "Cheung", "Ng",    "Lü"};
static Words han_f = {"秀英", "丽华", "美玲", "静怡", "晓燕", "雨婷", "芳"};
static Words han_m = {"小龙", "建国", "志强", "明", "浩然", "伟", "国强"};
static Words han_n = {"李", "王", "张", "刘", "陈", "杨", "欧阳", "司马", "黄", "赵"};
static Words indian_f = {"Priya",   "Anjali",   "Deepika", "Kavita", "Sunita",
                         "Lakshmi", "Harpreet", "Simran",  "Meera",  "Nadia"};
static Words indian_m = {"Arjun",    "Rahul",  "Sanjay", "Vikram", "Amit",
                         "Gurpreet", "Suresh", "Rajesh", "Dev",    "Imran"};
static Words indian_n = {"Patel", "Sharma",      "Singh",      "Kaur",   "Gupta",         "Reddy",
                         "Nair",  "Iyer",        "Chowdhury",  "Begum",  "Hussain",       "Khan",
                         "Ahmed", "Subramanian", "Jayasuriya", "Perera", "Wickramasinghe"};
static Words arabic_f = {"Fatima", "Aisha", "Mariam", "Layla", "Nour", "Zeinab", "Samira", "Yasmin", "Hala"};
static Words arabic_m = {"Mohammed", "Ahmad",         "Omar",  "Yusuf", "Khaled",
                         "Hassan",   "Abd al-Rahman", "Tariq", "Bilal"};
static Words arabic_n = {"Haddad", "Khoury",     "al-Masri",  "El-Sayed", "Mansour", "Nasser",
                         "Abdi",   "bin Rashid", "Al Jaziri", "Saleh",    "Ibrahim"};
static Words arabic_script_f = {"فاطمة", "مريم", "نور", "ليلى"};
static Words arabic_script_m = {"محمد", "أحمد", "عمر", "يوسف"};
static Words arabic_script_n = {"حداد", "خوري", "المصري", "منصور", "العبدالله"};
static Words slavic_f = {"Дарья", "Оксана", "Наталья", "Катерина", "Людмила", "Ірина"};
static Words slavic_m = {"Дмитрий", "Олександр", "Сергей", "Андрій", "Михаил", "Юрий"};
static Words slavic_n = {"Шевченко", "Коваленко", "Бондаренко", "Мельник", "Ткаченко", "Левченко"};
static Words polish_f = {"Agnieszka", "Małgorzata", "Katarzyna", "Żaneta",
                         "Tereza",    "Zuzana",     "Ana",       "Ivana"};
static Words polish_m = {"Paweł", "Łukasz", "Krzysztof", "Jiří", "Tomáš", "Željko", "Marek", "Bogdan"};
static Words polish_n = {"Wójcik",  "Kowalczyk", "Łuczak",    "Żukowski", "Dvořák",    "Novák",
                         "Horváth", "Đorđević",  "Kovačević", "Popescu",  "Ștefănescu"};
static Words spanish_f = {"María José",  "Lucía",   "Inés",    "Concepción", "Begoña",
                          "Maria Luisa", "Jasmine", "Rosario", "Luz"};
static Words spanish_m = {"José",   "Ángel",   "Jesús",        "Íñigo", "Juan Carlos",
                          "Andrés", "Rodrigo", "Mark Anthony", "Ramón"};
static Words spanish_n = {"de la Cruz", "García",    "Núñez",  "Martínez",    "Peña",   "Muñoz",
                          "dos Santos", "Santos",    "Reyes",  "del Rosario", "Ocampo", "Villanueva",
                          "Fernández",  "Gonçalves", "Ibáñez", "Mac-Mahon"};
static Words greek_f = {"Eleni", "Maria", "Despina", "Francesca", "Giulia", "Elif", "Ayşe", "Beyoncé"};
static Words greek_m = {"Nikos", "Giorgos", "Konstantinos", "Marco", "Giuseppe", "Mehmet", "Çağlar", "Yiğit"};
static Words greek_n = {"Papadopoulos", "Papadimitriou", "Georgiou", "Rossi", "D'Angelo", "De Luca",
                        "Esposito",     "Yılmaz",        "Öztürk",   "Çelik", "Şahin"};
static Words nordic_f = {"Ingrid", "Åsa", "Solveig", "Käthe", "Jürgena", "Anneliese", "Sigríður", "Mette"};
static Words nordic_m = {"Søren", "Bjørn", "Jürgen", "Göran", "Þór", "Günther", "Håkon", "Pieter"};
static Words nordic_n = {"Sørensen",   "Müller",       "Åkerlund",       "Größmann", "Jónsdóttir",
                         "Østergaard", "van der Berg", "von Weizsäcker", "Schröder", "Weiß"};
static Words african_f = {"Adaeze", "Ngozi", "Abena", "Wanjiru", "Chipo", "Amina", "Folasade", "Thandiwe"};
static Words african_m = {"Chinedu", "Kwame", "Oluwaseun", "Tendai", "Deng", "Sipho", "Abdullahi", "Kofi"};
static Words african_n = {"Okafor",   "Adeyemi", "Mensah", "Wanjala", "Moyo",     "Deng",
                          "Ọbasanjọ", "Nkosi",   "Asante", "N’Diaye", "Oyelaran", "Garang"};
static Words french_f = {"Hélène", "Geneviève", "Noémie",      "Élodie",
                         "Zoé",    "Marie-Ève", "Anne-Sophie", "Maëlle"};
static Words french_m = {"François", "Jérôme", "Loïc", "Étienne", "Jean-Luc", "Benoît", "Gaël", "Noël"};
static Words french_n = {"Lefèvre",   "Gagné",       "Côté",      "Bélanger", "Thériault", "St-Pierre",
                         "L’Heureux", "d'Entremont", "Beauchêne", "Tremblay", "Roy"};
static Words first_f = {"Aroha", "Moana", "Ngaire", "Kirra", "Jedda", "Tala", "Waimārama", "Nokomis"};
static Words first_m = {"Tāne", "Wiremu", "Jarrah", "Koa", "Sione", "Tamati", "Bunji", "Waban"};
static Words first_n = {"Ngata",  "Te Whānau-a-Rua", "Taufahema", "Yunupingu", "Tuilagi",
                        "Parata", "Whitecloud",      "Kanapu",    "Māhaki",    "Fa’asavalu"};
static Words other_f = {"수진", "ΜΑΡΙΑ", "שרה", "สมหญิง", "さくら", "प्रिया"};
static Words other_m = {"민준", "Γιώργος", "דוד", "สมชาย", "健太", "राहुल"};
static Words other_n = {"김", "Παπαδόπουλος", "כהן", "ศรีสุวรรณ", "田中", "शर्मा"};

#define POOL(w, set)                                                                                         \
  {                                                                                                          \
    w, FALSE, FALSE, set##_f, G_N_ELEMENTS(set##_f), set##_m, G_N_ELEMENTS(set##_m), set##_n,                \
        G_N_ELEMENTS(set##_n)                                                                                \
  }
#define SCRIPT(w, set)                                                                                       \
  {                                                                                                          \
    w, TRUE, FALSE, set##_f, G_N_ELEMENTS(set##_f), set##_m, G_N_ELEMENTS(set##_m), set##_n,                 \
        G_N_ELEMENTS(set##_n)                                                                                \
  }
#define TIED(w, set)                                                                                         \
  {                                                                                                          \
    w, TRUE, TRUE, set##_f, G_N_ELEMENTS(set##_f), set##_m, G_N_ELEMENTS(set##_m), set##_n,                  \
        G_N_ELEMENTS(set##_n)                                                                                \
  }
static const struct {
  int weight;
  gboolean script; /* not Latin: never joined with another family name */
  gboolean tied;   /* several tongues: a given name goes with the family name at its place */
  const char *const *female;
  int n_female;
  const char *const *male;
  int n_male;
  const char *const *family;
  int n_family;
} pools[] = {
    POOL(500, english), POOL(80, gaelic), POOL(50, vietnamese),     POOL(50, chinese),  SCRIPT(12, han),
    POOL(75, indian),   POOL(50, arabic), SCRIPT(8, arabic_script), SCRIPT(12, slavic), POOL(35, polish),
    POOL(40, spanish),  POOL(35, greek),  POOL(20, nordic),         POOL(40, african),  POOL(30, french),
    POOL(25, first),    TIED(8, other),
};

static const ClDemoName rare[] = {
    {"Venkatanarasimharajuvaripeta Subrahmanya", "Wickramasinghe Arachchilage Don"},
    {"María de los Ángeles Guadalupe Inmaculada", "Fernández de Córdoba y Ruiz de Arcaute-Villaverde"},
    {"Christopher Alexander Montgomery", "Featherstonehaugh-Cholmondeley-Warner"},
    {"Konstantinos-Panagiotis", "Papadimitrakopoulou-Konstantinopoulos"},
    {"Nguyễn Phúc Thiên Kim Hoàng", "Tôn Nữ Thị Ninh-Hoàng"},
    {"Sigríður Ragnheiður", "Þorgrímsdóttir-Guðmundsson"},
    {"A", "Ng"},
    {"Thu", "O"},
    {"Kyaw", "U"},
    {"J", "D’Souza"},
    {"Yi", "E"},
    {"X", "Æ"},
};

void cl_demo_name(ClDemoRandom *random, ClDemoGender gender, ClDemoName *name) {
  int weights[G_N_ELEMENTS(pools)];
  for (gsize i = 0; i < G_N_ELEMENTS(pools); i++)
    weights[i] = pools[i].weight;
  if (cl_demo_chance(random, 8)) {
    *name = CL_DEMO_PICK(random, rare);
    return;
  }
  int p = CL_DEMO_WEIGHTED(random, weights);
  gboolean female = gender == CL_DEMO_FEMALE || (gender == CL_DEMO_EITHER && cl_demo_chance(random, 500));
  const char *const *given = female ? pools[p].female : pools[p].male;
  int n_given = female ? pools[p].n_female : pools[p].n_male;
  int at = cl_demo_below(random, n_given);
  const char *first = given[at], *second = given[cl_demo_below(random, n_given)];
  const char *family = pools[p].family[pools[p].tied ? at : cl_demo_below(random, pools[p].n_family)];
  const char *joined = pools[p].family[cl_demo_below(random, pools[p].n_family)];
  if (cl_demo_chance(random, 60) && !pools[p].script && first != second)
    g_snprintf(name->given, sizeof name->given, "%s %s", first, second);
  else
    g_strlcpy(name->given, first, sizeof name->given);
  if (cl_demo_chance(random, 50) && !pools[p].script && family != joined)
    g_snprintf(name->family, sizeof name->family, "%s-%s", family, joined);
  else
    g_strlcpy(name->family, family, sizeof name->family);
}

void cl_demo_staff_name(ClDemoRandom *random, ClDemoName *name) {
  char letters[64];
  do {
    cl_demo_name(random, CL_DEMO_EITHER, name);
    cl_demo_ascii(name->family, letters, sizeof letters);
  } while (strlen(name->given) < 3 || strlen(name->given) > 14 || strlen(name->family) > 16 ||
           strlen(letters) < 2);
}

void cl_demo_ascii(const char *text, char *into, gsize space) {
  g_autofree char *folded = cl_text_fold(text);
  gsize n = 0;
  for (const char *p = folded; *p && n + 1 < space; p++)
    if (g_ascii_isalnum(*p))
      into[n++] = *p;
  into[n] = '\0';
}

/* ---- places ------------------------------------------------------------------- */

typedef struct {
  const char *name, *code; /* '#' is a digit, '@' a letter to come */
} Place;

static const Place australia[] = {
    {"Fitzroy VIC", "3065"},      {"Preston VIC", "3072"},    {"Footscray VIC", "3011"},
    {"Dandenong VIC", "3175"},    {"Geelong VIC", "3220"},    {"Ballarat VIC", "3350"},
    {"Parramatta NSW", "2150"},   {"Blacktown NSW", "2148"},  {"Newcastle NSW", "2300"},
    {"Dubbo NSW", "2830"},        {"Wollongong NSW", "2500"}, {"Woodridge QLD", "4114"},
    {"Ipswich QLD", "4305"},      {"Cairns QLD", "4870"},     {"Elizabeth SA", "5112"},
    {"Port Adelaide SA", "5015"}, {"Midland WA", "6056"},     {"Armadale WA", "6112"},
    {"Launceston TAS", "7250"},   {"Palmerston NT", "0830"},
};
static const Place britain[] = {
    {"Leeds", "LS# #@@"},      {"Bradford", "BD# #@@"},  {"Sheffield", "S# #@@"},   {"Hull", "HU# #@@"},
    {"Wakefield", "WF# #@@"},  {"Doncaster", "DN# #@@"}, {"Manchester", "M1# #@@"}, {"Oldham", "OL# #@@"},
    {"Birmingham", "B1# #@@"}, {"Cardiff", "CF1# #@@"},  {"London", "E1# #@@"},     {"Liverpool", "L# #@@"},
};
static const Place ontario[] = {
    {"Toronto ON", "M5@ #@#"},  {"Mississauga ON", "L5@ #@#"}, {"Hamilton ON", "L8@ #@#"},
    {"Ottawa ON", "K1@ #@#"},   {"London ON", "N6@ #@#"},      {"Windsor ON", "N9@ #@#"},
    {"Kingston ON", "K7@ #@#"}, {"Sudbury ON", "P3@ #@#"},     {"Thunder Bay ON", "P7@ #@#"},
};
static Words streets = {"Acacia", "Station", "Church",  "High",      "Victoria", "Wattle", "Mill",
                        "Park",   "Queen",   "King",    "Albert",    "Elm",      "Maple",  "Railway",
                        "Bridge", "Canal",   "George",  "Chapel",    "Orchard",  "Beach",  "Grange",
                        "York",   "Cedar",   "Harbour", "St John’s", "O’Connell"};
static Words ways = {"Street", "Street", "Road",     "Road",  "Avenue",
                     "Lane",   "Close",  "Crescent", "Drive", "Court"};

static void spell_code(ClDemoRandom *random, const char *pattern, char *into) {
  for (; *pattern; pattern++)
    *into++ = *pattern == '#'   ? (char)('1' + cl_demo_below(random, 9))
              : *pattern == '@' ? "ABEGHJLNPRSTWXYZ"[cl_demo_below(random, 16)]
                                : *pattern;
  *into = '\0';
}

void cl_demo_where(ClDemoRandom *random, ClDemoProgramme programme, ClDemoWhere *where) {
  Place place;
  switch (programme) {
  case CL_DEMO_RESTART:
    place = CL_DEMO_PICK(random, britain);
    g_snprintf(where->phone, sizeof where->phone, "01632 960%03d", cl_demo_below(random, 1000));
    g_snprintf(where->mobile, sizeof where->mobile, "07700 900%03d", cl_demo_below(random, 1000));
    break;
  case CL_DEMO_IES:
    place = CL_DEMO_PICK(random, ontario);
    g_snprintf(where->phone, sizeof where->phone, "(%s) 555-01%02d",
               cl_demo_chance(random, 500) ? "416" : "613", cl_demo_below(random, 100));
    g_snprintf(where->mobile, sizeof where->mobile, "(647) 555-01%02d", cl_demo_below(random, 100));
    break;
  default:
    place = CL_DEMO_PICK(random, australia);
    g_snprintf(where->phone, sizeof where->phone, "(0%d) %s %04d", 2 + cl_demo_below(random, 2),
               cl_demo_chance(random, 500) ? "5550" : "7010", cl_demo_below(random, 10000));
    g_snprintf(where->mobile, sizeof where->mobile, "0491 57%d %03d", cl_demo_below(random, 10),
               cl_demo_below(random, 1000));
  }
  char unit[16] = "";
  if (cl_demo_chance(random, 220))
    g_snprintf(unit, sizeof unit, programme == CL_DEMO_RESTART ? "Flat %d, " : "%d/",
               1 + cl_demo_below(random, 24));
  g_snprintf(where->address, sizeof where->address, "%s%d %s %s, %s", unit, 1 + cl_demo_below(random, 240),
             CL_DEMO_PICK(random, streets), CL_DEMO_PICK(random, ways), place.name);
  spell_code(random, place.code, where->postcode);
}

/* ---- organisations -------------------------------------------------------------- */

static Words heads = {
    "Northern",        "Riverside",     "Harbour",     "Golden Wattle", "Blue Gum",
    "Southern Cross",  "Redgate",       "Kingfisher",  "Ironbark",      "Silver Birch",
    "Maple Leaf",      "Lakeshore",     "Castle",      "O’Brien’s",     "Papadopoulos & Sons",
    "Nguyễn Brothers", "Singh",         "Café Zoë",    "Hargreaves",    "Whitaker & Ward",
    "Müller",          "Thistle",       "Pennine",     "Moorland",      "Trent Valley",
    "Bayview",         "Hilltop",       "Evergreen",   "Sunrise",       "Beacon",
    "Anchor",          "Compass",       "Phoenix",     "Swan",          "Falcon",
    "Kookaburra",      "Coral Bay",     "Granite",     "Copper Kettle", "Old Mill",
    "Station Street",  "Market Square", "St Anne’s",   "Holy Trinity",  "City",
    "Metro",           "Union",         "Pioneer",     "Heritage",      "Summit",
    "Crescent",        "Orchard",       "Willow",      "Juniper",       "Saffron",
    "Lighthouse",      "Bluebell",      "Brightwater", "Fairfield",     "Greenacre",
    "Highfield",       "Larkspur",      "Meadow",      "Northgate"};
static const struct {
  const char *name, *industry;
} trades[] = {
    {"Bakery", "Food"},
    {"Plumbing", "Trades"},
    {"Logistics", "Transport"},
    {"Aged Care", "Care"},
    {"Cleaning Services", "Cleaning"},
    {"Supermarket", "Retail"},
    {"Nursery and Garden", "Horticulture"},
    {"Hotel", "Hospitality"},
    {"Training Institute", "Education"},
    {"Warehousing", "Transport"},
    {"Security", "Security"},
    {"Café", "Hospitality"},
    {"Electrical", "Trades"},
    {"Motors", "Motor trade"},
    {"Childcare", "Care"},
    {"Meats", "Food"},
    {"Packaging", "Manufacturing"},
    {"Hardware", "Retail"},
    {"Laundry", "Cleaning"},
    {"Construction", "Building"},
    {"College", "Education"},
    {"Community Services", "Community"},
    {"Couriers", "Transport"},
    {"Pharmacy", "Retail"},
    {"Furniture", "Manufacturing"},
    {"Recycling", "Environment"},
    {"Contact Centre", "Office"},
    {"Dental", "Health"},
    {"Catering", "Hospitality"},
    {"Farms", "Agriculture"},
    {"Print and Sign", "Manufacturing"},
    {"Medical Centre", "Health"},
    {"Disability Support", "Care"},
    {"Roofing", "Building"},
    {"Landscapes", "Horticulture"},
    {"Business School", "Education"},
};
static Words towns = {"Geelong",    "Ballarat", "Newcastle", "Cairns",     "Leeds",   "Bradford",
                      "Sheffield",  "Hull",     "Oldham",    "Hamilton",   "Ottawa",  "Windsor",
                      "Kingston",   "Preston",  "Dandenong", "Parramatta", "Ipswich", "Midland",
                      "Launceston", "Dubbo",    "Cardiff",   "Liverpool",  "Sudbury", "Toronto"};

#define N_HEADS ((int)G_N_ELEMENTS(heads))
#define N_TRADES ((int)G_N_ELEMENTS(trades))
#define N_BASES (N_HEADS * N_TRADES)
#define STRIDE 1277 /* shares no factor with N_BASES: each base comes once a round */

static int base_of(int i) {
  return (int)((gint64)(i % N_BASES) * STRIDE % N_BASES);
}

void cl_demo_organisation(int i, char *into, gsize space) {
  static Words kinds = {"", " Pty Ltd", "", " Ltd", "", " Group", " Inc."};
  int base = base_of(i), round = i / N_BASES;
  const char *head = heads[base % N_HEADS], *trade = trades[base / N_HEADS].name;
  const char *kind = kinds[base % 7];
  if (round == 0)
    g_snprintf(into, space, "%s %s%s", head, trade, kind);
  else if (round <= (int)G_N_ELEMENTS(towns))
    g_snprintf(into, space, "%s %s %s%s", head, trade, towns[round - 1], kind);
  else
    g_snprintf(into, space, "%s %s %s %d", head, trade, towns[round % G_N_ELEMENTS(towns)],
               round / (int)G_N_ELEMENTS(towns) + 1);
}

const char *cl_demo_industry(int i) {
  return trades[base_of(i) / N_HEADS].industry;
}

gboolean cl_demo_is_training(int i) {
  return g_str_equal(cl_demo_industry(i), "Education");
}

const char *cl_demo_job_title(ClDemoRandom *random) {
  static Words titles = {"Kitchen hand",
                         "Warehouse assistant",
                         "Cleaner",
                         "Care worker",
                         "Retail assistant",
                         "Forklift driver",
                         "Barista",
                         "Receptionist",
                         "Process worker",
                         "Storeperson",
                         "Gardener",
                         "Delivery driver",
                         "Labourer",
                         "Baker’s assistant",
                         "Data entry clerk",
                         "Security officer",
                         "Childcare assistant",
                         "Packer",
                         "Trolley collector",
                         "Call centre agent",
                         "Housekeeper",
                         "Apprentice electrician",
                         "Disability support worker",
                         "Machine operator",
                         "Night filler",
                         "Teacher’s aide",
                         "Chef",
                         "Bus driver",
                         "Painter",
                         "Accounts assistant"};
  return CL_DEMO_PICK(random, titles);
}

const char *cl_demo_course(ClDemoRandom *random) {
  static Words courses = {"Certificate III in Individual Support",
                          "Certificate II in Hospitality",
                          "Diploma of Community Services",
                          "Level 2 Adult Social Care",
                          "Level 2 Warehousing",
                          "English for Work",
                          "Certificate IV in Business",
                          "First Aid and Safety",
                          "Digital Skills",
                          "College Certificate in Bookkeeping"};
  return CL_DEMO_PICK(random, courses);
}
