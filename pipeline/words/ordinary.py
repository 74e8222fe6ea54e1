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
    ("ku", ("",)),
    ("kau", ("",)),
)
_LEAST_LETTERS = 3
_PARTS = re.compile(r"[^\W\d_]+")


def is_ordinary(text: str) -> bool:
    """Whether every word of `text` is an ordinary one, with or without affixes."""
    parts = _PARTS.findall(text.casefold())
    return bool(parts) and all(map(_is_ordinary, parts))


@cache
def _is_ordinary(word: str) -> bool:
    return any(root in _ROOTS for root in _possible_roots(word))


def _possible_roots(word: str) -> set[str]:
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
adil administrasi adu aduh agak agama agar agenda agung agustus ah ahad ahli air ajaib ajak ajang
ajar aju akad akademi akal akan akar akbar akhir akhirnya akibat aklamasi akrab akreditasi aksara
aksi akta akte aktif aktivitas aku akun akurat alam alamat alami alang alasan alat alih alim alir
aliran alkohol allah almarhum alokasi alpa alternatif alumni amal aman amanah amanat amat ambang
ambil ambisi ambon ambulans amerika ampuh ampun anak analisis anda andai andal andalan aneh aneka
angan anggap anggar anggaran anggota angin angka angkasa angkat angkut angkutan angsur antar antara
antarkan anti antre anugerah apa apabila apakah apalagi aparat aparatur apartemen api aplikasi
apotek apresiasi april arab arah area arena arif arsip arti artikel artis arus asa asah asal asap
asas asasi asing asisten asli aspal aspek aspirasi asrama asuh asumsi asuransi asyik atap atas
atasi atau atlet atur aturan audio audit aula auto awak awal awam awan awas awet ayah ayam ayat ayo
ayun azan baca bacaan badai badak badan bagai bagaimana bagi bagian bagus baha bahagia bahan bahas
bahasa bahaya bahkan bahwa baik baju bakal bakar bakat bakti baku balai balap balas balasan bali
balik balikpapan balita balok balon bambu ban bandara banding bandung bang bangga bangkit bangku
bangsa bangun bangunan banjar banjarmasin banjir bank bantah bantu bantuan banyak bapak bappenas
bara barang barat barisan baru basah basi basis batal batam batang batas batasan batik batu bau
bawa bawah bayang bayangan bayar bayi beasiswa beban bebas beberapa beda bedah begini begitu bekal
bekas bekasi bekerja beku bela belah belajar belakang belakangan belanda belanja belanjaan belas
beli beliau belok belum benah benahi benar bencana benda bendahara bendera bendung bengkel benih
bentang benteng bentuk bentur beranda berani berantas berapa beras berat berau berdiri beri berita
beritahu berkah berkas berlian bersama bersih bertanggung besar beserta besi besok betapa betul
biar biarkan biasa biaya biayai bibir bibit bicara bidan bidang bijak biji bikin bila bilang
bimbing bimbingan bina binaan binatang bincang bingung bintang bioskop biro birokrasi bis bisa
bisnis bisu blog bocah bocor bodoh bogor bohong bola boleh bom bontang borneo bos bosan botol bu
buah buang buat buaya bubar budaya budi budidaya bugis buka bukan bukit bukti buku bulan bulat bulu
bulungan bumi bundar bunga bungkus bunuh bunyi bursa buru buruh buruk burung bus buta butuh cabai
cabang cabut cacat cadang cadangan cagar cahaya cair cakap cakup cakupan calon camat campur canda
candi cantik cap capai cara cari catat catatan cegah cek cemar cemas cemerlang cendekia cendera
cepat cerah cerdas ceria cerita cermat cermin cerna cetak cetus china cina cinta cipta cirebon ciri
citra coba cocok cokelat contoh covid cuaca cuci cucu cukup cuma cuman curah curang curi cuti
daerah daftar daftarkan dagang daging dahulu dakwah dalam dalang dalih damai dampak damping dan
dana danau dandan dapat dapur dara darah darat dari daripada darurat dasar dasarnya data datang
datar datuk daun daur daya dayak debat debit debu dekat delapan delegasi demam demi demikian
demokrasi demonstrasi denda dengan dengar denpasar depan depok derajat deras derita dermaga desa
desain desak desember deteksi detik dewa dewan dewasa di dia dialog diam didik diet digital dimensi
dinamika dinas dinding dingin diploma direksi direktorat direktur diri dirikan disabilitas disiplin
diskon diskusi distribusi distrik divisi doa dobel dokter dokumen dokumentasi domba domestik
dominan dong dorong dosa dosen dosis dua duduk duga dugaan duka dukuh dukun dukung dukungan dulu
dunia duniawi durasi duta edar edaran edisi edukasi efek efektif efisien eh ekonomi ekor ekosistem
eksekusi ekspedisi ekspor ekspresi ekstra ekstrem elektronik elemen emang emas embung emosi empat
enak enam energi enggak enggan entah era erat eropa esai esok etika etnis evaluasi fakta faktor
fakultas famili fasilitas favorit februari festival fiksi film final finansial fisik fleksibel
fokus fondasi formal format formulir forum foto fungsi gabung gadai gadis gaduh gagah gagal gagas
gagasan gajah gaji galak galang gambar gambut gampang ganda gandeng ganggu gangguan ganti garam
garap garis gas gawai gaya gedung gejala gejolak gelap gelar gelas gemar gembira gempa generasi
gerak gerakan gerbang gereja gerobak gesek giat giatan gigi gila giliran giring gitu gizi global
golong golongan goreng gorontalo gotong gubernur gudang gugat gugus gula guna gunung guru habis
hadang hadap hadapan hadiah hadir hai hak hakim hal halal halaman halang halo halus hama hamil
hampir hancur handal hanya hapus harap harapan harga hari harian haru harus hasil hasrat hati haus
hawa hebat hektar hektare helat hemat hendak hening henti heran hewan hias hibah hibur hiburan
hidang hidup hijau hikmah hilang hilir himbau himpun hina hindar hingga hitam hitung honor hormat
horor hotel hubung hubungan hujan hukum hulu huma huruf hutan hutang ia ialah iba ibadah ibarat ibu
identitas ikan ikat iklan iklim ikut ilham ilmu imam iman imbal imbau imigrasi impian implementasi
impor inap indah independen indikator individu indonesia induk industri infak infeksi informasi
informatika infrastruktur ingat inggris ingin ini inisiatif inovasi insan insentif inspeksi
inspirasi instansi institusi instruksi integrasi integritas interaksi internal internasional
internet inti investasi ipar irama iring isi islam istana istilah istimewa istirahat istri isu itu
izin jabat jabatan jadi jadwal jaga jagung jahat jahit jajah jajar jajaran jakarta jaksa jala jalan
jalanan jalani jalar jalin jalur jam jamaah jaman jambi jambu jamin jaminan jamu jangan jangka
jangkau jantung januari jarak jarang jari jaring jaringan jarum jasa jati jatim jatuh jauh jawa
jawab jawaban jejak jelajah jelang jelas jelek jemaat jembatan jemput jenazah jenis jenjang jepang
jeruk jiwa jual juang juara judul juga jujur juli jumat jumlah jumpa juni juragan jurnal jurnalis
juru jurusan justru juta kabar kabel kabinet kabul kabupaten kabut kaca kacang kadang kadar kader
kadis kagum kain kait kaitan kaji kajian kakak kakek kaki kaku kalah kalam kalangan kalau kalender
kali kalian kalimantan kalimat kalo kamar kamera kami kamis kampanye kampung kampus kamu kan kanak
kanan kandang kandung kandungan kantin kantong kantor kapal kapan kapasitas kapolres kapolsek
karakter karang karantina karate karcis karena karet karier karnaval kartu karung karya karyawan
kas kasar kasih kasus kata katak kategori katolik katun kaum kawal kawan kawasan kawin kaya kayak
kayu ke kebal kebetulan kebon kebun kebut kecamatan kecewa kecil kecuali kedai kedua keja kejar
keji kejut kelak kelam kelapa kelas kelebihan keliling kelola kelompok keluar keluarga kelurahan
kemarin kemas kembali kembang kemudian kena kenal kenangan kenapa kencang kendala kendali kendara
kendaraan kendari kental kepada kepala kependudukan kepiting keputusan kera keras keraton kereta
kering keris kerja kertas keruh keseluruhan kesra ketat ketawa keterangan ketik ketika ketua khas
khawatir khidmat khusus kiai kian kiat kilo kilogram kilometer kimia kini kira kiri kirim kisah
kisaran kita klaim klasik klik klinik koalisi kolaborasi kolam koleksi kolom koma komando komentar
komisi komite komitmen komoditas kompetisi komplek komplit komponen komposisi komprehensif komputer
komunikasi komunitas kondisi kondusif konflik kongres konsep konser konservasi konsisten konstruksi
konsultasi konsumen konsumsi kontak konteks konten kontrak kontribusi kontrol koordinasi
koordinator koper koperasi kopi koran korban korea korupsi kosong kostum kota kotak kotor kreatif
kredit kristen kritik kritis kru kuasa kuat kubu kuda kue kuku kukuh kuliah kuliner kulit kumpul
kunci kuning kunjung kuno kuota kupang kuping kurang kurban kurikulum kurir kurs kursi kursus kurun
kutai kutip kutipan laba lacak ladang lagi lagu lah lahan lahir lain laki laku lalai lalu lama
lamar lambat lampau lampu lampung lancar landas langgar langit langka langkah langsung lanjut
lansia lantai lantas lantik lapak lapangan lapar lapis lapor laporan larang larangan larut latar
latih latihan laut lawan layak layan layanan layar lebar lebaran lebat lebih lega legal legislatif
leher lelah lelaki lelang leluhur lem lemah lembaga lembah lembar lembur lengan lengkap lepas
lestari letak lewat liar libur lihat lima limbah lindung lindungan lingkar lingkung lingkungan
lintas lipat liput listrik liter literasi loh lokal lokasi loket lolos lomba lombok lompat longsor
lorong lowong luang luar luas luasan lubang lucu luka lulus lumayan lumpur lunas lupa lurah lurus
lusa lusin maaf mabuk macam macet madrasah madu madya magang magrib mahal mahasiswa mahir mahkamah
main maka makam makan makanan makanya makassar makin maklum makmur makna maksimal maksud malah
malam malang malas malaysia malinau maling malu mama mampir mampu mamuju mana manado manajemen
manajer mandat mandi mandiri manfaat mangga mangrove mangsa manis mantan mantap manual manusia
marah marak maret marga mari martabat marwah mas masa masak masalah masih masing masjid maskapai
massa masuk masyarakat mata matahari mataram materi mati mau maupun mawar maya mayor mayoritas mbak
medali medan media medis mei meja mekah mekanisme melainkan melalui melayu memang menang menara
mendadak mendung menengah mengapa menit menjadi mental menteri menu menurut merah merdeka merek
mereka meriah merk mesin meski meskipun mesra mesti mesum meter metode mewah mikro mil milenial
miliar milik militer milyar mimpi minat minggu minimal minta minum minyak miring mirip misal
misalnya misi miskin misteri mitigasi mitra mobil modal moderat modern modul moga mohon momen
momentum monitor moral motivasi motor muara muat muda mudah mudik muka mukim mula mulai mulia mulut
muncul mundur mungkin murah murid murni museum musik musim muslim musnah musti musyawarah mutu nabi
nada nah naik nama namun nanti napas narasumber narkoba narkotika nasi nasib nasihat nasional
naskah negara negatif negeri nekat nelayan nenek ngaji nggak ngomong niaga niat nih nikah nikmat
nilai nilam nol nominal nomor normal nota november nunukan nusantara nyaman nyanyi nyaris nyata
nyawa obat objek obrol obrolan obyek oke oknum oktober olah olahraga oleh om ombak omong operasi
operasional operator opini optimal optimis orang orde organik organisasi orientasi otak otoda
otomatis otonom otonomi otoritas pabrik pacu pada padahal padam padang padat paduan pagar pagi
pahala paham pahit pahlawan pajak pak pakai pakaian pakan pakar paket paksa palang palangkaraya
palembang paling palsu palu pamer pameran pamit panas panca pancasila pandai pandan pandang pandemi
pandu panen pangan panggil panggung pangkal pangkat panglima panitia panjang panjat pantai pantas
pantau papan papua para parah paripurna pariwisata parkir partai partisipasi paru pasal pasang
pasangan pasar pascasarjana paser pasien pasir pasok pasti pastikan pasukan patah patok patuh
patung patut paud pawai payah payung pecah pecahan peduli pegang pegawai pejabat pekan pekarangan
pekerja pelabuhan pelajar pelaku pelan pelatih pelihara pelosok peluang peluk pemakaman pemda
pemerintah pemilih pemilu pemuda pena penajam penat pendapat pendek pendengar penduduk penjara
penting penuh penyakit perahu peran perang peraturan percaya percuma perdana perempuan pergi
perhati perikanan periksa perintah periode peristiwa perkara perkebunan perkotaan perlahan perlu
permisi pernah persen pertama pertanian perusahaan pesan pesantren pesat pesawat peserta pesisir
pesona pesta petani petugas pihak pikir pikiran pilar pilih pilihan pilkada pimpin pimpinan pindah
pinggir pintar pintu pipa piring piutang plastik podcast pohon pokok pola polisi politik polri
pompa pondok pontianak populasi populer porsi pos posisi positif posko potensi potong potret
praktek praktik praktis pramuka prasarana prasasti predikat premi presentasi presiden prestasi pria
pribadi prima prinsip prioritas privasi produk produksi produktif profesi profesional profesor
profil program proker promosi propinsi proposal prosedur proses protes protokol provinsi proyek
psikologi puas puasa publik publikasi pucuk pukul pula pulang pulau pulih pulsa puluh punah puncak
pundak punya pupuk pura pusaka pusat pusing pustaka putar putih putra putri putus putusan rabu
racun radio ragam ragu rahasia raih raja rajin rakor rakyat ramadan ramadhan ramah ramai rambut
rampung rancang rangka rangkai rangkul ranjang rantai rantau rapat rapi ras rasa rasional rata ratu
ratus rawan rawat raya rayakan reaksi realisasi reformasi regu regulasi rekam rekaman rekan
rekening rekomendasi rekor rekreasi relasi relatif relawan religi remaja rempah renang rencana
rendah rentan resah resep residen resmi respon respons restoran retribusi revisi revolusi riang
riau ribu ribut rilis rimba rinci ringan ringkas rintis riset risiko ritual robot roda rombong
rombongan roti ruang ruangan ruas rugi rujuk rukun rumah rumit rumput rumus runtuh rupa rupiah
rusak rusia rusun rutin saat sabar sabtu sadar sah sahabat saham sahur saing saja sajak saji sakit
saksi salah salam salat saling salju salur saluran sama samar samarinda sambal sambil sambung
sambut sampah sampai samping sampul samudra sana sanak sandang sangat sangatta sanggar sanggup
sanksi santai santri santun sapa sapi sapu saran sarana sarapan sarat sari sarjana sarung sasar
sasaran sastra satelit satu saudara saudi sawah sawit saya sayang sayap sayur sebab sebagai
sebagian sebaliknya sebar sebelah sebelas sebelum sebentar seberang sebut sedang sedangkan sedekah
sederhana sedia sedih sedikit segala segar segenap segera segi sehat sehingga sejahtera sejak
sejarah sejati sejuk sekali sekalian sekaligus sekarang sekian sekitar sekolah sekretariat
sekretaris sektor selain selalu selama selamat selaras selasa selat selatan selenggara selera
selesai selisih seluruh semakin semangat semarak semarang sembako sembarang sembilan sembunyi
sementara semester semi seminar semoga sempat sempit sempurna semua semut senang senantiasa sendiri
sengaja sengketa seni senin senior sentral sentuh senyum sepak sepakat sepanjang sepatu sepeda
sepele sepenuh seperti sepi september serah seram serang serangan serap serapan serasi serba serbu
serempak seri sering serius serta sertifikat seru sesama sesuai sesuatu setelah setia setiap setor
setuju sewa siaga siang siap siapa siar siaran siasat sidang sifat sih sikap siklus siksa sila
silahkan silakan silaturahmi simbol simpan simpang simpati sinar sinergi singapura singgah singkat
singkong sini siniar sinyal sipil siram sisa sisi sistem siswa situ situasi situs skala skema
skripsi soal sobat sopan sopir sore sorot sosial sosialisasi sosok spesial spesifik sponsor stabil
stadion staf standar stasiun statistik status stok strategi strategis stres struktur studi studio
stunting suami suara suasana subjek subsidi subuh subur suci sudah sudut suhu suka sukses suksesi
suku sulap sulawesi sulit sultan sumatera sumatra sumbang sumbangan sumber sumpah sumur sunat sunda
sungai sungguh supaya surabaya surakarta suram surat suruh survei survey susah susu susul susun
susunan swadaya swasta syarat syiar syukur taat tabah tabel tabrak tabung tadi tagih tahan tahap
tahu tahun tajam tak taksi takut talenta tali taman tambah tambahan tambak tambang tambangan tampak
tampil tampung tamu tanah tanam tanaman tanda tandan tandang tanding tangan tangani tangerang
tangga tanggal tanggap tanggapan tangguh tanggung tanggungjawab tangkap tani tanpa tantang
tantangan tanya tapi tarakan tarawih target tari tarif tarik tarikan taruh tas tata tawa tawar
tebal tebang tebar tegak tegang tegas teguh tegur tekan tekanan teknik teknis teknologi teladan
telah telat telepon televisi teliti telur tema teman tembok tembus tempat tempatan tempel tempo
tempuh tenaga tenang tengah tenggat tenggelam tentang tentara tentu tepat tepi terampil terang
terap teras terbang terbit terima termasuk ternak ternate terus tes testing tetangga tetap tetapi
tetes tewas tiang tiap tiba tidak tidur tiga tikar tiket tikus tim timah timbal timbang timbul
timur tindak tindakan tinggal tinggi tingkah tingkat tinjau tipe tipis tipu titik titip toh toilet
toko tokoh tol tolak toleransi tolong tonton topi topik total tradisi transaksi transfer
transformasi transisi transmigrasi transparan transportasi triliun truk trus tua tuan tubuh tugas
tugu tuhan tujuan tujuh tukang tukar tulang tular tuli tulis tulisan tumbuh tumpah tumpang tumpuk
tunai tunas tunda tunduk tunggal tunggu tunjang tunjuk tuntas tuntut tuntutan turis turnamen turun
tusuk tutup tutur uang uap ubah ucap ucapan udah udang udara uji ujian ujung ukir ukur ukuran ulama
ulang ular ulas ulin umat umbi umpan umrah umum umur undang undangan undi unggah unggul unggulan
ungkap unik unit universitas unjuk unsur untuk untung upacara upah upaya update urai urus urusan
urut usaha usai usia usul usulan usung utama utara utuh vaksin variasi versi via video virus visi
vokal volume wabah wabup wadah wafat wagub wajah wajar wajib wakaf wakil waktu walaupun wali
walikota wanita warga waris warisan warna wartawan warung waspada wawancara wayang wewenang wibawa
wilayah wirausaha wisata wisatawan wisuda wong wujud ya yaitu yakin yakni yang yayasan yogyakarta
yuk zakat zaman zona zonasi
"""
_ROOTS = frozenset(_ROOT_WORDS.split())
