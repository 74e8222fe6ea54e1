"""Ordinary Indonesian words: those that need no glossary and are no mishearing of a name.

Roots, written down for this project; `is_ordinary` also knows them with the affixes and clitics of
Indonesian. Names of well-known places and languages count as ordinary: nobody misspells them.
"""

from __future__ import annotations

import re
from functools import cache

_CLITICS = ("nya", "lah", "kah", "tah", "pun", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
# A prefix, and what the nasal in it may have swallowed: "menulis" is "tulis", "memakai" is "pakai".
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("menge", ("",)),
    ("penge", ("",)),
    ("meny", ("s",)),
    ("peny", ("s",)),
    ("meng", ("", "k")),
    ("peng", ("", "k")),
    ("mem", ("", "p")),
    ("pem", ("", "p")),
    ("men", ("", "t")),
    ("pen", ("", "t")),
    ("memper", ("",)),
    ("diper", ("",)),
    ("member", ("",)),
    ("pember", ("",)),
    ("keber", ("",)),
    ("keter", ("",)),
    ("seper", ("",)),
    ("ber", ("", "r")),
    ("bel", ("",)),
    ("ter", ("", "r")),
    ("per", ("", "r")),
    ("pel", ("",)),
    ("me", ("",)),
    ("pe", ("",)),
    ("be", ("",)),
    ("te", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
)
_LEAST_LETTERS = 3
_PARTS = re.compile(r"[^\W\d_]+")


def is_ordinary(text: str) -> bool:
    """Whether every word of `text` is an ordinary one, with or without affixes."""
    parts = _PARTS.findall(text.casefold())
    return bool(parts) and all(map(_is_ordinary, parts))


@cache
def _is_ordinary(word: str) -> bool:
    return any(root in _ROOTS for root in possible_roots(word))


def possible_roots(word: str) -> set[str]:
    """The word, and what is left of it without clitics, suffix and prefix."""
    bare = {word} | {word.removesuffix(clitic) for clitic in _CLITICS}
    bare |= {stem.removesuffix(suffix) for stem in bare for suffix in _SUFFIXES}
    for prefix, swallowed in _PREFIXES:
        bare |= {
            first + stem.removeprefix(prefix)
            for stem in bare
            if stem.startswith(prefix)
            for first in swallowed
        }
    return {root for root in bare if len(root) >= _LEAST_LETTERS or root == word}


_ROOT_WORDS = """
a abad abadi abah abai abang abdi abu acara aceh acu ada adab adakala adalah adang adap adat adik
adil admin administrasi adu aduh agak agama agar agenda agung agustus ah ahad ahli air ajaib ajak
ajang ajar aju akad akademi akal akan akar akbar akhir akhirnya akibat aklamasi akrab akreditasi
aksara aksi akta akte aktif aktivitas aku akun akurat alam alamat alami alang alasan alat
alhamdulillah alih alim alir aliran alkohol allah almarhum alokasi alpa alternatif alumni amal aman
amanah amanat amat ambang ambil ambisi ambon ambruk ambulans amerika ampuh ampun anak analisis anda
andai andal andalan aneh aneka angan anggap anggar anggaran anggota angin angka angkasa angkat
angkut angkutan angsur antar antara antarkan anti antre anugerah apa apabila apakah apalagi aparat
aparatur apartemen apbn api aplikasi apotek apresiasi april arab arah area arena arif arsip arti
artikel artis arus asa asah asal asap asas asasi asing asisten asli asn aspal aspek aspirasi asrama
assalamualaikum asuh asumsi asuransi asyik atap atas atasi atau atlet atur aturan audio audit aula
auto awak awal awam awan awas awet ayah ayam ayat ayo ayun azan baca bacaan badai badak badan bagai
bagaimana bagi bagian bagus baha bahagia bahan bahas bahasa bahaya bahkan bahwa bahwasa baik baju
bakal bakar bakat bakti baku balai balap balas balasan bali balik balikpapan balita balok balon
bambu ban bandara banding bandung bang bangga bangkit bangku bangsa bangun bangunan banjar
banjarmasin banjir bank bantah bantu bantuan banyak bapak bappenas bara barang barat barisan baru
basah basi basis basmi batal batam batang batas batasan batik batu bau bawa bawah bayang bayangan
bayar bayi beasiswa beban bebas beberapa beda bedah begini begitu bekal bekas bekasi bekerja beku
bela belah belajar belakang belakangan belanda belanja belanjaan belas beli beliau belok belum
benah benahi benar bencana benda bendahara bendera bendung bengkel benih bentang benteng bentrok
bentuk bentur beranda berani berantas berapa beras berat berau berdiri beri berita beritahu berkah
berkas berlian berontak bersama bersih bertanggung besar beserta besi besok betapa betul biar
biarkan biasa biaya biayai bibir bibit bicara bidan bidang bijak biji bikin bila bilang bimbing
bimbingan bina binaan binatang bincang bingung bintang bioskop biro birokrasi bis bisa bisik bisnis
bisu blog bocah bocor bodoh bogor bohong bola boleh bom bongkar bontang borneo bos bosan botol bpjs
branding bu buah buang buat buaya bubar budaya budi budidaya bugis buka bukan bukit bukti buku
bulan bulat bulungan bumd bumi bumn buncit bundar bung bunga bungkus buntut bunuh bunyi bursa buru
buruh buruk burung bus buta butuh cabai cabang cabut cacat cadang cadangan cagar cahaya cair cakap
cakup cakupan calon camat campur canda candi cantik cap capai cara cari catat catatan cegah cek
celaka cemar cemas cemburu cemerlang cendekia cendera cengkeram cepat cerah cerdas ceria cerita
cermat cermin cerna cetak cetus chat china cina cinta cipta cirebon ciri citra coba cocok cokelat
colok congkak contoh covid cuaca cubit cuci cucu cukup cukur culik cuma cuman curah curang curi
cuti dadak daerah daftar daftarkan dagang daging dahulu dakwah dalam dalang dalih damai dampak
damping dan dana danau dandan dapat dapur dara darah darat dari daripada darurat dasar dasarnya
data datang datar datuk daun daur daya dayak debat debit debu dekap dekat delapan delegasi demam
demi demikian demokrasi demonstrasi denda dengan dengar denpasar denyut depan depok derajat deras
derita dermaga desa desain desak desember deteksi detik dewa dewan dewasa di dia dialog diam didik
diet digital dimensi dinamika dinas dinding dingin dini diploma direksi direktorat direktur diri
dirikan disabilitas disiplin diskon diskusi distribusi distrik divisi doa dobel dobrak dogma dokter
dokumen dokumentasi domba domestik dominan dong dorong dosa dosen dosis download dprd dua duduk
duga dugaan duka dukuh dukun dukung dukungan dulu dunia duniawi durasi duri durian duta edar edaran
edisi edukasi efek efektif efisien eh ekonomi ekor ekosistem eksekusi ekspedisi ekspor ekspresi
ekstra ekstrem elang elektronik elemen email emang emas emban embung emosi empat empuk enak enam
endap energi enggak enggan engkau entah era erat eropa esai esok etika etnis evaluasi event
facebook fakta faktor fakultas famili fasilitas favorit februari festival fiksi file film final
finansial fisik fleksibel fokus fondasi formal format formulir forum foto fungsi gabung gadai gadis
gaduh gagah gagal gagas gagasan gajah gaji galak galang galau gambar gambut gampang ganda gandeng
ganggu gangguan ganti garam garap garis garuk gas gawai gaya gedung gejala gejolak gelap gelar
gelas geledah gemar gembira gempa gemuk gencar generasi genjot gentar gerak gerakan gerbang gereja
gerobak gesek geser getah getar giat giatan gigi gila giliran giring gitu gizi global godok golong
golongan google goreng gores gorontalo gotong gratis grup gubernur gudang gugat gugus gula guling
gulung guna gundah guntur gunung guru gusar gusur habis hadang hadap hadapan hadiah hadir hafal hai
hak hakikat hakim hal halal halaman halang halo halte halus hama hamba hambat hambatan hamil hampir
hancur handal handphone hantam hantar hanya hapus harap harapan hardik harga hari harian haru harus
hasil hasrat hati haus hawa hayat hebat hektar hektare helat hemat hembus hempas hendak hening
hentak henti heran hewan hias hibah hibur hiburan hidang hidup hijau hikmah hilang hilir himbau
himpun hina hindar hingga hirup hitam hitung hoaks hoax honor honorer hormat horor hotel hp hubung
hubungan hujan hukum hulu huma huni huruf hutan hutang ia ialah iba ibadah ibarat ibu identitas
ikan ikat iklan iklim ikut ilham ilmu imam iman imbal imbau imigrasi impian implementasi impor inap
indah independen indikator individu indonesia induk industri infak infeksi informasi informatika
infrastruktur ingat inggris ingin ini inisiatif inovasi insan insentif inspeksi inspirasi instagram
instansi institusi instruksi intai integrasi integritas interaksi internal internasional internet
inti intip investasi ipar irama iring isap isi islam istana istilah istimewa istirahat istri isu
isyarat itu izin jabat jabatan jadi jadwal jaga jagung jahat jahit jajah jajar jajaran jakarta
jaksa jala jalak jalan jalanan jalani jalar jalin jalur jam jamaah jaman jambi jambu jamin jaminan
jamu janda jangan janggal jangka jangkau jangkit janin janji jantung januari jarak jarang jari
jaring jaringan jarum jasa jati jatim jatuh jauh jawa jawab jawaban jaya jejak jejal jelajah jelang
jelas jelek jemaat jembatan jemput jenak jenazah jengkel jenis jenjang jepang jepit jerat jerit
jeruk jika jikalau jinak jingga jiwa jodoh jompo jual juang juara judul juga jujur juli jumat
jumlah jumpa juni juragan jurnal jurnalis juru jurusan justru juta kabar kabel kabinet kabul
kabupaten kabur kabut kaca kacang kacau kadang kadar kader kadis kagum kail kain kait kaitan kaji
kajian kakak kakek kaki kaku kalah kalam kalangan kalau kalender kali kalian kalimantan kalimat
kalo kamar kambing kamera kami kamis kampanye kampung kampus kamu kan kanak kanan kandang kandas
kandung kandungan kantin kantong kantor kantuk kapal kapan kapasitas kapolres kapolsek karakter
karang karantina karate karcis karena karet karib karier karnaval kartu karung karya karyawan kas
kasar kasih kasus kata katak kategori katolik katun kaum kawal kawan kawasan kawat kawin kaya kayak
kayu ke kebal kebetulan kebon kebun kebut kecamatan kecewa kecil kecuali kedai kedok kedua keja
kejam kejang kejar keji kejut kelabu kelak kelam kelapa kelas kelebihan keliling kelit kelola
kelompok keluar keluarga keluh kelurahan kemah kemarau kemarin kemas kembali kembang kembar
kemenkominfo kemerdekaan kemudian kena kenal kenangan kenapa kencang kendala kendali kendara
kendaraan kendari kendur kental kepada kepala kependudukan kepiting kepung keputusan kera kerang
keranjang kerap keras keraton kerbau keren kereta kering keris keriting kerja kertas kerucut keruh
kesal kesan keseluruhan kesra ketat ketawa keterangan ketik ketika ketua ketupat khas khawatir
khidmat khusus kiai kian kiat kikis kilat kilo kilogram kilometer kimia kini kira kiri kirim kisah
kisaran kisruh kita kitab kk klaim klasik klik klinik koalisi kok kolaborasi kolam koleksi kolom
kolong koma komando komentar kominfo komisi komite komitmen komoditas kompetisi komplek komplit
komponen komposisi komprehensif komputer komunikasi komunitas kondisi kondusif konflik kongres
konkuren konsep konser konservasi konsisten konstruksi konsultasi konsumen konsumsi kontak konteks
konten kontrak kontribusi kontrol konyol koordinasi koordinator koper koperasi kopi koran korban
korea korek korupsi kosong kostum kota kotak kotor koyak kpk kreatif kreator kredit kristen kritik
kritis kru ktp kuasa kuat kubu kubur kubus kucing kucur kuda kue kuku kukuh kuliah kuliner kulit
kumpul kunang kunci kuning kunjung kuno kuota kupang kupas kuping kupu kurang kurban kurikulum
kurir kurs kursi kursus kurun kutai kutip kutipan kutu kutuk laba lacak ladang lafal lagi lagu lah
lahan lahir lain laki laknat laku lalai lalu lama lamar lambai lambat lambung lampau lampu lampung
lancar landa landai landas langgar langit langka langkah langsung lanjut lansia lantai lantang
lantas lantik lapak lapangan lapar lapis lapor laporan laptop lapuk larang larangan larik larut
latah latar latih latihan laut lawak lawan layak layan layanan layar lebah lebar lebaran lebat
lebih lecet ledak lega legal legislatif leher lekas lekat lelah lelaki lelang leleh leluhur lem
lemah lemari lembaga lembah lembap lembar lembur lembut lempar lempung lengan lengkap lenyap lepas
lereng lestari lesu letak letih letup lewat liar libur lihat lilin lilit lima limbah limpah lindas
lindung lindungan lingkar lingkaran lingkung lingkungan lingkup link lintas lipat liput lirik
listrik liter literasi live lobi logam loh lokal lokasi loket lolos lomba lombok lompat longsor
lontar lorong lowong lpj luang luap luar luas luasan lubang lubuk lucu lugas luka lukis lulur lulus
lumayan lumbung lumpuh lumpur lumut lunas luncur luntur lupa lurah lurus lusa lusin maaf mabuk
macam macet madrasah madu madya magang magrib mahal mahasiswa mahir mahkamah main maka makam makan
makanan makanya makassar maki makin maklum makmur makna maksimal maksud malah malam malang malas
malaysia malinau maling malu mama mampet mampir mampu mamuju mana manado manajemen manajer manakala
mandat mandi mandiri manfaat mangga mangrove mangsa manis manja mantan mantap manual manusia marah
marak maret marga mari marka marketing martabat martil marwah mas masa masak masalah masih masing
masjid maskapai massa masuk masyarakat mata matahari mataram materi mati mau maupun mawar maya
mayor mayoritas mbak medali medan media medis mei meja mekah mekanisme melainkan melalui melarat
melayu melek memang memar menang menantu menara mendadak mendiang mendung menengah mengapa menit
menjadi mentah mental menteri menu menurut merah merdeka merek mereka meriah merk mertua mesin
meski meskipun mesra mesti mesum meter metode mewah mikro mil milenial miliar milik militer milyar
mimpi minat minggu minimal minta minum minyak miring mirip misal misalnya misi miskin misteri
mitigasi mitra mobil moda modal moderat modern modul moga mogok mohon molor momen momentum monitor
moral motivasi motor muara muat muda mudah mudik mujur muka mukim mula mulai mulia mulut muncul
mundur mungkin murah murid murni museum musik musim muslim musnah musti musuh musyawarah mutu nabi
nada nadi nah naik nama namun nanti napas narasumber narkoba narkotika nasi nasib nasihat nasional
naskah negara negatif negeri nekat nelayan nenek ngaji ngeri nggak ngomong niaga niat nih nik nikah
nikmat nilai nilam nol nominal nomor normal nota november nunukan nusantara nyaman nyamuk nyanyi
nyaris nyata nyawa nyonya obat objek obor obrol obrolan obyek ocehan offline oke oknum oktober olah
olahraga oleh om ombak omong omset omzet ongkos online operasi operasional operator opini oplos
optimal optimis orang orde organik organisasi orientasi otak otoda otomatis otonom otonomi otoritas
pabrik pacu pada padahal padam padang padat padi paduan paduka pagar pagi pahala paham pahat pahit
pahlawan pajak pak pakai pakaian pakan pakar paket paksa palang palangkaraya palembang paling palsu
palu paman pamer pameran pamflet pamit panas panca pancasila pandai pandan pandang pandemi pandu
panen pangan panggil panggung pangkal pangkat pangku panglima panitia panjang panjat pantai pantas
pantau panu papan papua para parah paras paripurna pariwisata parkir partai partisipasi paru pasak
pasal pasang pasangan pasar pascasarjana paser pasien pasir pasok pasrah pasti pastikan pasukan
patah patok patuh patung patut paud pawai payah payung pecah pecahan peduli pegang pegawai pejabat
pejal peka pekan pekarangan pekat pekerja pelabuhan pelajar pelaku pelan pelat pelatih pelihara
pelita pelosok peluang peluit peluk pemakaman pemda pemerintah pemilih pemilu pemuda pena penajam
penat pendam pendapat pendek pendengar penduduk pengaruh penjara penting penuh penyakit penyu
perahu perak peran perang perangkap peraturan perban perca percaya percik percuma perdana perempuan
pergi perhati perih perikanan periksa perintah periode peristiwa perkara perkebunan perkotaan
perlahan perlu permai permisi pernah persen persis pertama pertanian perusahaan pesan pesantren
pesat pesawat peserta pesisir pesona pesta pesut petak petani petik petugas pihak pikat pikir
pikiran pikul pilar pilih pilihan pilkada pilu pimpin pimpinan pinang pindah pinggir pinjam pintar
pintu pipa piring pisah pisang pisau piutang pj pkk plafon plastik plh plt pns podcast pohon pokok
pola polisi politik polos polri pompa pondok pontianak popok populasi populer porsi pos posisi
positif posko potensi potong potret pppk praktek praktik praktis pramuka prasarana prasasti
predikat premi presentasi presiden prestasi pria pribadi prihatin prima prinsip prioritas privasi
produk produksi produktif profesi profesional profesor profil program proker proklamasi promosi
propinsi proposal prosedur proses protes protokol provinsi proyek psikologi puas puasa publik
publikasi pucuk pukul pula pulang pulau pulih pulsa puluh punah puncak pundak pungkas pungut
puntung punya pupuk pura purba purna pusaka pusat pusing pustaka putar putih putik putra putri
putus putusan rabu racik racun radio ragam ragi ragu rahasia raih raja rajin rakor raksasa rakyat
ramadan ramadhan ramah ramai rambat rambu rambut rampas rampok rampung rancang rangka rangkai
rangkap rangkul rangkum ranjang rantai rantau rapat rapi rapuh ras rasa rasional rata ratap ratu
ratus rawan rawat raya rayakan rayu reaksi realisasi reda redam reformasi regu regulasi rejeki
rekam rekaman rekan rekening rekomendasi rekor rekreasi rekrut relasi relatif relawan religi remaja
remas rempah renang rencana rendah renta rentan renung repot resah resap resep residen resik resmi
respon respons restoran retak retribusi revisi revolusi rezeki riang riau ribu ribut ricuh rilis
rimba rinci rindang rindu ringan ringkas rintis riset risiko ritual robek roboh robot roda rohani
rokok rombong rombongan rontok rosok roti royal royong rt ruang ruangan ruas rugi rujuk rukun rumah
rumit rumput rumus runding rundung runtuh rupa rupiah rusak rusia rusun rutin rw saat sabar sabda
sabit sabtu sabun sadar sah sahabat saham sahur saing saja sajak saji sakit saksi salah salam salat
salep saling salju salur saluran sama samar samarinda sambal sambar sambil sambung sambut sampah
sampai samping sampul samudra sana sanak sandal sandang sandar sangat sangatta sanggar sanggup
sangka sangkal sangkut sanksi santai santri santun sapa sapi sapu saran sarana sarapan sarat sari
saring sarjana sarung sasar sasaran sastra satelit satu saudagar saudara saudi sawah sawit saya
sayang sayap sayembara sayur sd sebab sebagai sebagian sebal sebaliknya sebar sebelah sebelas
sebelum sebentar seberang sebut sedang sedangkan sedekah sederhana sedia sedih sedikit segala segar
segenap segera segi sehat sehingga sejahtera sejajar sejak sejarah sejati sejenak sejuk sekali
sekalian sekaligus sekarang sekian sekitar sekolah sekretariat sekretaris sektor sela selain selalu
selam selama selamat selaras selasa selat selatan selenggara selera selesai selip selisih selubung
selundup seluruh semakin semangat semarak semarang sembako sembarang sembelih sembilan sembuh
sembunyi sementara semester semi seminar semoga sempal sempat sempit sempurna semua semut senang
senantiasa sendi sendiri sendok sengaja sengat sengau sengketa seni seniman senin senior sentra
sentral sentuh senyum sepak sepakat sepanjang sepatu sepeda sepele sepenuh seperti sepi september
serah serak seram serang serangan serap serapan serasi serat serba serbu serbuk serempak seret seri
sering serius serta sertifikat seru seruput server sesak sesal sesama seseorang sesuai sesuatu
setelah setia setiap setor setuju sewa sewot siaga siang siap siapa siar siaran siasat sidak sidang
sifat sih sikap sikat siklus siksa siku sila silahkan silakan silang silaturahmi simak simbol
simpan simpang simpati sinar sindir sinergi singapura singgah singkap singkat singkir singkong sini
siniar sinis sinyal sipil siput siram sisa sisi sistem siswa situ situasi situs siul sk skala skema
skripsi sma smk smp soal sobat sobek sogok sokong solar solusi sopan sopir sorak sore sorot sosial
sosialisasi sosok speaker spesial spesifik spj sponsor stabil stadion staf standar stasiun
statistik status stok strategi strategis streaming stres struktur studi studio stunting suami suap
suara suasana suatu subjek subsidi subuh subur suci sudah sudut suhu suit suka sukar sukses suksesi
suku sulap sulawesi sulit sultan sulung sumatera sumatra sumbang sumbangan sumbat sumber sumpah
sumur sunat sunda sungai sungguh suntik sunyi supaya surabaya surakarta suram surat suruh surut
survei survey surya susah suster susu susul susun susunan susut swab swadaya swasta syarat syiar
syukur taat tabah tabel tabiat tabib tabrak tabuh tabung tabur tadi tagih tahan tahap tahta tahu
tahun tajam tak takar takdir takluk taksi takut talang talenta tali taman tambah tambahan tambak
tambal tambang tambangan tameng tampak tampar tampil tampuk tampung tamu tanah tanam tanaman tanda
tandan tandang tandas tanding tandus tangan tangani tangerang tangga tanggal tanggap tanggapan
tangguh tanggulang tanggung tanggungjawab tangis tangkap tangkas tangki tani tanjak tanpa tantang
tantangan tanya tapak tapi tarakan tarawih target tari tarif tarik tarikan taruh taruna tas tata
tatap tawa tawar tebak tebal tebang tebar tebing tebus teduh tegak tegang tegas teguh tegur tekan
tekanan teknik teknis teknologi telaah teladan telaga telah telan telanjang telantar telapak telat
telegram telepon televisi teliti telur tema teman tembaga tembak tembakau tembok tembus tempa
tempat tempatan tempel tempo tempuh tempur tenaga tenang tendang tengah tenggat tenggelam tengkulak
tentang tentara tentram tentu tenun tepat tepi terampil terang terap teras terbang terbit teriak
terima terjang terjun terka termasuk ternak ternate terompet tertib terus tes testing tetangga
tetap tetapi tetas tetes tewas tiang tiap tiba tidak tidur tiga tikar tiket tiktok tikus tilang tim
timah timbal timbang timbul timpa timur tindak tindakan tindas tinggal tinggi tingkah tingkat
tinjau tipe tipis tipu titik titip tiup tk tni tobat togel toh toilet toko tokoh tol tolak
toleransi tolong tongkat tonton topan topeng topi topik total tradisi tradisional tragedi transaksi
transfer transformasi transisi transmigrasi transparan transportasi trauma triliun truk trus
tsunami tua tuan tubuh tuduh tugas tugu tuhan tuju tujuan tujuh tukang tukar tukik tulang tular
tuli tulis tulisan tumbuh tumis tumpah tumpang tumpas tumpuk tunai tunas tunda tunduk tunggal
tunggu tungku tunjang tunjuk tuntas tuntut tuntutan tupai turap turis turnamen turun turut tusuk
tutup tutur twitter uang uap ubah uban ubi ucap ucapan udah udang udara ujar uji ujian ujung ukir
ukur ukuran ulama ulang ular ulas ulat ulin umat umbi umkm umpan umpet umrah umum umur undang
undangan undi unduh unduk unggah unggul unggulan ungkap ungsi ungu unik unit universitas unjuk
unsur untuk untung upacara upah upaya update upeti upload urai urat urung urus urusan urut usah
usaha usai usang usap usia usik usir usul usulan usung usus utama utara utuh utus vaksin variasi
versi via video viral virus visi vokal volume wabah wabup wadah waduh wafat wagub wah wahai wahana
wajah wajar wajib wakaf wakil waktu walau walaupun wali walikota wanita wanti waras warga waris
warisan warkah warna wartawan warung wasiat wasit waspada waswas watak wawancara wayang website
wewenang wfh whatsapp wibawa wifi wilayah wirausaha wisata wisatawan wisuda wong wujud ya yaitu
yakin yakni yang yayasan yogyakarta youtube yuk zakat zaman zona zonasi zoom
"""
_ROOTS = frozenset(_ROOT_WORDS.split())
