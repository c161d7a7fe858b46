import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.Version;

/**
 * Lucene as a contender of bench/find: one segment, facets counted in arrays by
 * ordinals of doc values, no query cache. It reads works and then questions from
 * its input as bench/find/peer writes them; the Go end is lucene.go.
 */
public class Peer {
  static final int GROUPS = 8, LANGUAGES = 7, PER_GROUP = 10, PER_PAGE = 20;
  static final int SMALL = 20_000; // works found: below, only the counters that were touched are looked at

  static DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));

  public static void main(String[] args) throws Exception {
    Path path = Paths.get(args[0], "lucene");
    int works = load(path);
    new Peer(path, works).serve();
  }

  static int load(Path path) throws IOException {
    long start = System.nanoTime();
    IndexWriterConfig config = new IndexWriterConfig(new KeywordAnalyzer());
    config.setRAMBufferSizeMB(512);
    IndexWriter writer = new IndexWriter(new MMapDirectory(path), config);
    int works = 0;
    String[] columns = {"updated", "words", "kudos", "hits"};
    while (in.readByte() == 1) {
      Document d = new Document();
      d.add(new StoredField("id", in.readInt()));
      for (String column : columns) {
        long value = in.readLong();
        d.add(new LongPoint(column, value));
        d.add(new NumericDocValuesField(column, value));
      }
      d.add(new StringField("complete", "" + in.readByte(), Field.Store.NO));
      d.add(new StringField("crossover", "" + in.readByte(), Field.Store.NO));
      facet(d, LANGUAGES, in.readUTF());
      d.add(new SortedDocValuesField("title", new BytesRef(in.readUTF())));
      for (int n = in.readShort(); n > 0; n--) {
        int tag = in.readInt();
        facet(d, tag >>> 28, Integer.toString(tag & 0xfffffff, 36));
      }
      writer.addDocument(d);
      works++;
    }
    writer.commit();
    writer.forceMerge(1);
    writer.commit();
    writer.close();
    long bytes = 0;
    for (File f : path.toFile().listFiles()) bytes += f.length();
    System.out.println("Lucene " + Version.LATEST + "|" + works + "|" + (System.nanoTime() - start) + "|" + bytes);
    System.out.flush();
    return works;
  }

  static void facet(Document d, int group, String value) {
    d.add(new StringField("g" + group, value, Field.Store.NO));
    d.add(new SortedSetDocValuesField("g" + group, new BytesRef(value)));
  }

  final IndexSearcher searcher;
  final LeafReader leaf;
  final int[][] counters = new int[GROUPS][];
  final int[] found;

  static final Sort[] SORTS = {
    new Sort(new SortField("updated", SortField.Type.LONG, true)), new Sort(new SortField("kudos", SortField.Type.LONG, true)),
    new Sort(new SortField("hits", SortField.Type.LONG, true)), new Sort(new SortField("words", SortField.Type.LONG, true)),
    new Sort(new SortField("title", SortField.Type.STRING))
  };

  Peer(Path path, int works) throws IOException {
    DirectoryReader reader = DirectoryReader.open(new MMapDirectory(path));
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    leaf = reader.leaves().get(0).reader();
    for (int g = 0; g < GROUPS; g++) counters[g] = new int[(int) leaf.getSortedSetDocValues("g" + g).getValueCount()];
    found = new int[works];
  }

  void serve() throws IOException {
    for (String line = readLine(); line != null; line = readLine()) {
      long start = System.nanoTime();
      String answer = ask(line.split("\\|", -1));
      String[] parts = answer.split("\\|", 2);
      System.out.println(parts[0] + "|" + (System.nanoTime() - start) + "|" + parts[1]);
      System.out.flush();
    }
  }

  static String readLine() throws IOException {
    StringBuilder b = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) return null;
      b.append((char) c);
    }
    return b.toString();
  }

  int groupOf(String tag) {
    int at = tag.indexOf(':');
    return Integer.parseInt(tag.substring(0, at));
  }

  TermQuery tag(String tag) {
    return new TermQuery(new Term("g" + groupOf(tag), Integer.toString(Integer.parseInt(tag.substring(tag.indexOf(':') + 1)), 36)));
  }

  static long number(String s) {
    return Long.parseLong(s);
  }

  /** The fields of a question stand in the order of PrintQuestion; its tags are "group:id". */
  String ask(String[] f) throws IOException {
    BooleanQuery.Builder q = new BooleanQuery.Builder();
    boolean any = false;
    for (String t : f[0].split(",")) if (!t.isEmpty()) { q.add(tag(t), Occur.FILTER); any = true; }
    if (!f[1].isEmpty()) {
      BooleanQuery.Builder one = new BooleanQuery.Builder();
      for (String t : f[1].split(",")) one.add(tag(t), Occur.SHOULD);
      q.add(one.build(), Occur.FILTER);
      any = true;
    }
    for (String t : f[2].split(",")) if (!t.isEmpty()) q.add(tag(t), Occur.MUST_NOT);
    any |= range(q, "words", number(f[3]), number(f[4]) == 0 ? Long.MAX_VALUE : number(f[4]));
    any |= range(q, "updated", number(f[5]), number(f[6]) == 0 ? Long.MAX_VALUE : number(f[6]) - 1);
    any |= trait(q, "complete", f[7]) | trait(q, "crossover", f[8]);
    if (!f[9].isEmpty()) {
      BooleanQuery.Builder one = new BooleanQuery.Builder();
      for (String code : f[9].split(",")) one.add(new TermQuery(new Term("g" + LANGUAGES, code)), Occur.SHOULD);
      q.add(one.build(), Occur.FILTER);
      any = true;
    }
    if (!any) q.add(new MatchAllDocsQuery(), Occur.FILTER);
    int skip = ((int) number(f[11]) - 1) * PER_PAGE;
    TopFieldCollector page = TopFieldCollector.create(SORTS[(int) number(f[10])], skip + PER_PAGE, Integer.MAX_VALUE);
    int[] n = {0};
    Collector all = new SimpleCollector() {
      @Override public void collect(int d) { found[n[0]++] = d; }
      @Override public ScoreMode scoreMode() { return ScoreMode.COMPLETE_NO_SCORES; }
    };
    searcher.search(q.build(), MultiCollector.wrap(page, all));
    StringBuilder out = new StringBuilder().append(n[0]).append('|');
    for (int g = 0; g < GROUPS; g++) {
      if (g > 0) out.append(';');
      count(g, n[0], out);
    }
    for (ScoreDoc d : page.topDocs(skip, PER_PAGE).scoreDocs) searcher.doc(d.doc).getField("id").numericValue();
    return out.toString();
  }

  static boolean range(BooleanQuery.Builder q, String column, long least, long most) {
    if (least == 0 && most == Long.MAX_VALUE) return false;
    q.add(new IndexOrDocValuesQuery(LongPoint.newRangeQuery(column, least, most), NumericDocValuesField.newSlowRangeQuery(column, least, most)), Occur.FILTER);
    return true;
  }

  static boolean trait(BooleanQuery.Builder q, String field, String choice) {
    if (choice.equals("0")) return false;
    q.add(new TermQuery(new Term(field, choice.equals("1") ? "1" : "0")), Occur.FILTER);
    return true;
  }

  /** Counts the works found by the values of a group, and writes the greatest counts. */
  void count(int group, int works, StringBuilder out) throws IOException {
    int[] c = counters[group];
    SortedSetDocValues values = leaf.getSortedSetDocValues("g" + group);
    boolean small = works < SMALL;
    int[] touched = small ? new int[1024] : null;
    int n = 0;
    for (int i = 0; i < works; i++) {
      if (!values.advanceExact(found[i])) continue;
      for (long o = values.nextOrd(); o != SortedSetDocValues.NO_MORE_ORDS; o = values.nextOrd()) {
        if (small && c[(int) o] == 0) {
          if (n == touched.length) touched = Arrays.copyOf(touched, n * 2);
          touched[n++] = (int) o;
        }
        c[(int) o]++;
      }
    }
    PriorityQueue<long[]> best = new PriorityQueue<>(PER_GROUP + 1, (x, y) -> Long.compare(x[0], y[0]));
    if (small) {
      for (int i = 0; i < n; i++) { keep(best, c[touched[i]], touched[i]); c[touched[i]] = 0; }
    } else {
      for (int o = 0; o < c.length; o++) if (c[o] > 0) keep(best, c[o], o);
      Arrays.fill(c, 0);
    }
    List<long[]> list = new ArrayList<>(best);
    list.sort((x, y) -> Long.compare(y[0], x[0]));
    for (int i = 0; i < list.size(); i++) {
      values.lookupOrd(list.get(i)[1]);
      out.append(i > 0 ? "," : "").append(list.get(i)[0]);
    }
  }

  static void keep(PriorityQueue<long[]> best, int count, int ordinal) {
    if (best.size() == PER_GROUP && count <= best.peek()[0]) return;
    best.add(new long[] {count, ordinal});
    if (best.size() > PER_GROUP) best.poll();
  }
}
